package dev.dunlin.connection.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of connection-service; each part has its own prefix. */
public record ConnectionSettings(
        Node node,
        Bus bus,
        Link link,
        Subscriptions subscriptions,
        Access access,
        Catchup catchup,
        Publish publish,
        Drain drain,
        Handshake handshake,
        Streams streams,
        Limits limits,
        ChannelPresence channelPresence) {

    /** The identity of this process. */
    @ConfigMapping(prefix = "dunlin.node")
    public interface Node {
        /** The node's id; random if absent. No two running nodes may share an id. */
        Optional<String> id();
    }

    /** How the node detects that the bus is alive. */
    @ConfigMapping(prefix = "dunlin.bus")
    public interface Bus {
        /**
         * How often the node publishes a probe to itself. If a probe takes longer than that, all
         * channels are compared with the log.
         */
        @WithDefault("1s")
        Duration probe();

        /**
         * If no probe comes back for this time, the connections to Redis are closed and opened
         * again.
         */
        @WithDefault("4s")
        Duration timeout();
    }

    /** Bounds of a link. */
    @ConfigMapping(prefix = "dunlin.link")
    public interface Link {
        /** The most links of this node; more are refused with 503. */
        @WithDefault("15000")
        int max();

        /** Bytes that may wait for a slow client before its link is closed with 4001. */
        @WithDefault("1048576")
        int outboxBytes();

        /** Bytes that the kernel may keep for a client beside it (SO_SNDBUF; Linux doubles it). */
        @WithDefault("262144")
        int sendBufferBytes();

        /** Bytes of one transport message; a longer one is answered with {@code too_large}. */
        @WithDefault("262144")
        int maxFrameBytes();

        /** Frames other than publishes that a session may send each second. */
        @WithDefault("1000")
        int framesPerSecond();

        /** The same of a user over all links of a node. */
        @WithDefault("5000")
        int framesPerUserPerSecond();

        /**
         * Bytes of frames that a session may send each second. A message above the rate is
         * accepted, and the next ones wait for it.
         */
        @WithDefault("1048576")
        int bytesPerSecond();

        /** The same of a user over all links of a node. */
        @WithDefault("4194304")
        int bytesPerUserPerSecond();

        /**
         * How often the server pings, from 1s to 10m; a link silent for three times that is closed
         * with 4002.
         */
        @WithDefault("30s")
        Duration heartbeat();
    }

    /** Bounds of subscriptions and of the repair of channels. */
    @ConfigMapping(prefix = "dunlin.subscriptions")
    public interface Subscriptions {
        /** Channels that one session may subscribe to. */
        @WithDefault("1000")
        int perSession();

        /** Live events of a channel that may wait for missing ones, on a node. */
        @WithDefault("1000")
        int heldEvents();

        /**
         * How often the node tries to fetch missing events before subscribers get a {@code gap}.
         */
        @WithDefault("6")
        int repairAttempts();

        /** The pause before the second attempt of a repair; it doubles with each further one. */
        @WithDefault("50ms")
        Duration repairPause();

        /**
         * How long one round takes that compares every channel with its log; longer with more than
         * 10,000 channels on a node.
         */
        @WithDefault("10s")
        Duration sweep();

        /**
         * The longest that an event of a hot channel waits for the next ones, so that each link
         * gets them with one system call. At most 100ms. Events of other channels never wait. 0
         * switches it off.
         */
        @WithDefault("20ms")
        Duration coalesce();
    }

    /** How the node checks that subscribers may still read. */
    @ConfigMapping(prefix = "dunlin.access")
    public interface Access {
        /**
         * How long one round of access checks over all subscribed members takes, from 1s. Nodes
         * learn of a removal at once; the round finds one whose notice was lost.
         */
        @WithDefault("5m")
        Duration sweep();
    }

    /** Bounds of a resume. */
    @ConfigMapping(prefix = "dunlin.catchup")
    public interface Catchup {
        /** The most events that are replayed; an older position is not recovered. */
        @WithDefault("10000")
        int maxEvents();

        /** Events fetched in one call. */
        @WithDefault("200")
        int pageSize();

        /**
         * The last events of a channel that a node keeps in memory. A client that missed only these
         * is served without a call; 0 keeps none.
         */
        @WithDefault("200")
        int tailEvents();

        /** Bytes of kept events of one channel. */
        @WithDefault("262144")
        int tailBytes();

        /**
         * Bytes of kept events of all channels. Above it, the channel that has been quiet the
         * longest loses its oldest events.
         */
        @WithDefault("16777216")
        long tailNodeBytes();
    }

    /** Bounds of what clients write. */
    @ConfigMapping(prefix = "dunlin.publish")
    public interface Publish {
        /** Publishes, edits, deletes and reactions of a session each second. */
        @WithDefault("100")
        int perSecond();

        /** The same of a user over all links of a node. */
        @WithDefault("500")
        int perUserPerSecond();

        /** Bytes of {@code data}; a channel's own limit may be lower. */
        @WithDefault("65536")
        int maxMessageBytes();

        /** Records that may wait for Kafka; more are refused with {@code overloaded}. */
        @WithDefault("10000")
        int queue();

        /**
         * Publishes, edits, deletes and reactions over the links of a node that may wait for their
         * reply; more are refused with {@code overloaded}. One without a reply counts for 30 s.
         */
        @WithDefault("20000")
        int unanswered();
    }

    /** How the node drains. */
    @ConfigMapping(prefix = "dunlin.drain")
    public interface Drain {
        /**
         * The longest time over which clients are sent away, in batches, so that they do not all
         * reconnect at once.
         */
        @WithDefault("10s")
        Duration jitter();

        /** How many clients are sent away each second; more if `jitter` is too short for that. */
        @WithDefault("1000")
        int perSecond();

        /** How long a client may leave by itself after `goaway`. */
        @WithDefault("1s")
        Duration linger();

        /**
         * How long each later step may take: closing links, announcing the ends of sessions. The
         * whole drain takes at most jitter + linger + 4 × settle.
         */
        @WithDefault("2s")
        Duration settle();
    }

    /** Who may open links. */
    @ConfigMapping(prefix = "dunlin.handshake")
    public interface Handshake {
        /**
         * Origins whose pages may use the cookie `dunlin_token`, as `https://chat.example.org`; the
         * gateway's own origin always may.
         */
        Optional<List<String>> origins();

        /**
         * Handshakes that a node accepts each second; more are refused with 503 and `Retry-After`.
         */
        @WithDefault("2000")
        int perSecond();

        /** Links of one user on a node; more are refused with 429. */
        @WithDefault("50")
        int linksPerUser();

        /**
         * Links from one address to a node; more are refused with 429. Behind a gateway set
         * `dunlin.http.forwarded-for`, or all clients share the gateway's address.
         */
        @WithDefault("200")
        int linksPerAddress();

        /**
         * Unused tickets of one user; more are refused with 429 until some are used or expire after
         * 30 s.
         */
        @WithDefault("20")
        int ticketsPerUser();

        /** The former name of `dunlin.http.forwarded-for`; still read if that is not set. */
        Optional<Boolean> forwardedFor();

        /**
         * Whether a token may be in the URL, as {@code ?access_token=}, for clients that can send
         * it in no other way. Every proxy in between then logs it.
         */
        @WithDefault("false")
        boolean accessTokenInQuery();
    }

    /** Limits of one user. */
    @ConfigMapping(prefix = "dunlin.limits")
    public interface Limits {
        /**
         * Channels that a user may start to write to in a minute, because the first write creates a
         * channel. Channels that this node has seen lately do not count. More are refused with
         * `rate_limited`. Back ends have no such bound.
         */
        @WithDefault("120")
        int freshChannelsPerMinute();
    }

    /** Event streams and long polls. */
    @ConfigMapping(prefix = "dunlin.streams")
    public interface Streams {
        /** How long a client waits before it reconnects a lost event stream; at most 60s. */
        @WithDefault("2s")
        Duration retry();

        /** Bytes of frames in one answer to a long poll; the rest follows with the next one. */
        @WithDefault("262144")
        int pollBytes();
    }

    /** Who is in a channel. */
    @ConfigMapping(prefix = "dunlin.channel-presence")
    public interface ChannelPresence {
        /**
         * The time from the end of a link until its user leaves the channels that it was in, from 0
         * to 10m. Ephemeral channels have no grace.
         */
        @WithDefault("10s")
        Duration grace();

        /**
         * The most users of a channel that followers are sent, from 1 to 5000. In a larger channel
         * they get its occupancy.
         */
        @WithDefault("500")
        int listedUsers();
    }
}
