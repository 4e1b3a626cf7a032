package dev.dunlin.message.namespace;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.http.PresenceMode;
import dev.dunlin.protocol.http.PushMode;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the channels of a namespace do, {@code docs/protocol.md} section 1.
 *
 * @param durable stored and numbered; else nothing of it reaches Kafka or the store
 * @param presence who is shown to be in its channels
 * @param push of which messages offline members are notified
 * @param conflate a slow subscriber may be given the latest event only
 * @param search its messages can be searched
 * @param events its events are published to the topic {@code channel.events}
 * @param retention how long events are kept; absent means for ever
 * @param maxMessageBytes the most bytes of a message's encoded data
 * @param history which events of a channel a member may read
 * @param last the last signal of each user who is there is kept for those who subscribe later
 * @param invite whom those who manage a channel may add to it
 */
public record NamespacePolicy(
        String namespace,
        boolean durable,
        Read read,
        Publish publish,
        PresenceMode presence,
        PushMode push,
        boolean conflate,
        boolean search,
        boolean events,
        @Nullable Duration retention,
        int maxMessageBytes,
        Invite invite,
        History history,
        boolean last) {
    /**
     * For how long a client's message ids are remembered at least, however short the retention is.
     */
    public static final Duration IDS_REMEMBERED = Duration.ofHours(24);

    /**
     * The largest {@code maxMessageBytes}: with it a command still fits in a Kafka record of the
     * default size.
     */
    public static final int MOST_MESSAGE_BYTES = 900_000;

    /** Who may read. */
    public enum Read {
        OPEN,
        MEMBERS
    }

    /** Who may publish. */
    public enum Publish {
        MEMBERS,
        SERVER,
        ANYONE
    }

    /** Which events of a channel a member may read. */
    public enum History {
        /** All that is retained. */
        ALL,
        /** Those from its own {@code member_joined} on. */
        JOINED
    }

    /** Whom a user may make a member. Back ends may add anybody. */
    public enum Invite {
        ANYONE,
        /** Users who have written in a direct channel with the one who adds them. */
        CONTACTS,
        /** Only itself: back ends add others. */
        SERVER
    }

    /**
     * The message for those who may not access a channel. It depends on the name only, so it does
     * not reveal whether the channel exists.
     */
    public static String foreign(ChannelName channel) {
        return channel.directMembers().isEmpty()
                ? "not allowed in " + channel
                : channel + " is for the two in its name";
    }

    /** A policy that does not conflate, and searches where there is something to search. */
    public NamespacePolicy(
            String namespace,
            boolean durable,
            Read read,
            Publish publish,
            PresenceMode presence,
            PushMode push,
            @Nullable Duration retention,
            int maxMessageBytes) {
        this(namespace, durable, read, publish, presence, push, false, durable, retention, maxMessageBytes);
    }

    /**
     * A policy by which anybody adds anybody, and members see all of the log. Its events are
     * published unless push is none.
     */
    public NamespacePolicy(
            String namespace,
            boolean durable,
            Read read,
            Publish publish,
            PresenceMode presence,
            PushMode push,
            boolean conflate,
            boolean search,
            @Nullable Duration retention,
            int maxMessageBytes) {
        this(
                namespace,
                durable,
                read,
                publish,
                presence,
                push,
                conflate,
                search,
                push != PushMode.NONE,
                retention,
                maxMessageBytes,
                Invite.ANYONE,
                History.ALL,
                false);
    }

    public NamespacePolicy {
        if (!namespace.matches("[A-Za-z0-9_.@-]{1,64}")) {
            throw new IllegalArgumentException(
                    "name: must be 1 to 64 characters of [A-Za-z0-9_.@-], and not " + namespace);
        }
        if (maxMessageBytes < 1 || maxMessageBytes > MOST_MESSAGE_BYTES) {
            throw new IllegalArgumentException(
                    "max-message-bytes: must be 1 to " + MOST_MESSAGE_BYTES + ", and not " + maxMessageBytes);
        }
        if (retention != null && (retention.isNegative() || retention.isZero())) {
            throw new IllegalArgumentException("retention: must be longer than nothing, and not " + retention);
        }
        if (!durable && retention != null) {
            throw new IllegalArgumentException(
                    "retention: must be left out unless durable, and not " + retention + ": nothing of it is kept");
        }
        if (history == History.JOINED && (!durable || read != Read.MEMBERS)) {
            throw new IllegalArgumentException("history: can be joined only where it is durable and members read");
        }
        if (!durable && conflate) {
            throw new IllegalArgumentException("conflate: must be false unless durable, and not true");
        }
        if (!durable && presence == PresenceMode.MEMBERS) {
            throw new IllegalArgumentException(
                    "presence: cannot be members unless durable: an ephemeral channel has no members");
        }
        if (last && (durable || presence != PresenceMode.SUBSCRIBERS)) {
            throw new IllegalArgumentException(
                    "last: must be false unless durable is false and presence is subscribers, and not true");
        }
        if (push != PushMode.NONE && !events) {
            throw new IllegalArgumentException("events: must be true where push is not none, and not false");
        }
        if (!durable && (read == Read.MEMBERS || publish == Publish.MEMBERS)) {
            throw new IllegalArgumentException(
                    "read, publish: cannot be members unless durable: an ephemeral channel has no members");
        }
        if (namespace.equals("dm") && (!durable || read != Read.MEMBERS)) {
            throw new IllegalArgumentException(
                    "durable, read: must be true and members in dm, and not " + durable + " and " + read);
        }
    }

    /**
     * The oldest seq that a member may read; {@code joined} is the seq of its
     * {@code member_joined}, 0 for a member since the creation.
     */
    public long from(long joined) {
        return history == History.JOINED ? Math.max(1, joined) : 1;
    }

    /** How long events are kept, if not for ever. */
    public Optional<Duration> retainedFor() {
        return Optional.ofNullable(retention);
    }

    /**
     * Whether an event of {@code ts} has expired at {@code nowMs}; both in milliseconds since 1970.
     */
    public boolean expired(long ts, long nowMs) {
        return retention != null && nowMs - ts > retention.toMillis();
    }

    /**
     * Whether the id of a message of {@code ts} may be forgotten at {@code nowMs}; both in
     * milliseconds since 1970.
     */
    public boolean forgotten(long ts, long nowMs) {
        return expired(ts, nowMs) && nowMs - ts > IDS_REMEMBERED.toMillis();
    }

    /** Whether a channel comes to be when somebody first asks for it, without being created. */
    public boolean open() {
        return read == Read.OPEN;
    }

    /**
     * Whether a user may read a channel, given whether it is a member and whether its token grants
     * it.
     */
    public boolean mayRead(boolean member, boolean granted) {
        return open() || member || granted;
    }

    /**
     * Whether a user may publish to a channel, given whether it is a member and what its token
     * grants.
     */
    public boolean mayPublish(boolean member, Grant grant) {
        return grant != Grant.NONE
                || switch (publish) {
                    case ANYONE -> true;
                    case MEMBERS -> member;
                    case SERVER -> false;
                };
    }
}
