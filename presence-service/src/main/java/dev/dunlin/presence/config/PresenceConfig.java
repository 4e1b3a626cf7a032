package dev.dunlin.presence.config;

import dev.dunlin.protocol.frame.VisibleTo;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The settings of presence-service. */
@ConfigMapping(prefix = "dunlin.presence")
public interface PresenceConfig {
    /**
     * The time from the end of a user's last session to offline. A reconnect in between publishes
     * nothing. At most 1h.
     */
    @WithDefault("10s")
    Duration grace();

    /** The same where that session was of a web client; {@code grace} if absent. */
    Optional<Duration> graceWeb();

    /** The same where that session was of a mobile device. */
    Optional<Duration> graceMobile();

    /** The same where that session was of a desktop client. */
    Optional<Duration> graceDesktop();

    /**
     * Who sees the presence of a user who chose nothing: {@code contacts} (who shares a direct
     * channel), {@code members} (also who shares a channel that only members read) or
     * {@code everyone}.
     */
    @WithDefault("contacts")
    VisibleTo visibleTo();

    /**
     * How long an answer of message-service is used again for who may see whom. Watches do not wait
     * for it. At most 10m.
     */
    @WithDefault("30s")
    Duration relationsKept();

    /**
     * How long a node's lease must be missing before its sessions end. Longer than the nodes'
     * renewal (5 s). At most 1h.
     */
    @WithDefault("6s")
    Duration leaseMargin();

    /**
     * How long an erasure is remembered after the user's last session, so that a late end leaves no
     * last seen. From 1s to 24h.
     */
    @WithDefault("10m")
    Duration tombstone();

    /** How long it is remembered when a user was last seen. From 1h to 10 years. */
    @WithDefault("90d")
    Duration seenFor();

    /**
     * Of how many users that is remembered: of more, those who were seen last. From 1000 to
     * 100000000.
     */
    @WithDefault("10000000")
    int seenUsers();

    /** The most users that {@code GET /v1/channels/{c}/presence} names. From 1 to 1000. */
    @WithDefault("200")
    int listedUsers();

    /**
     * The most members of a channel that it considers; with more, the answer has
     * {@code "partial":true}. From 1 to 100000.
     */
    @WithDefault("5000")
    int members();
}
