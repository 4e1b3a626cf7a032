package dev.dunlin.presence.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The settings of presence-service. */
@ConfigMapping(prefix = "dunlin.presence")
public interface PresenceConfig {
    /** From the end of a user's last session to offline; a reconnect in between is silent. At most 1h. */
    @WithDefault("10s")
    Duration grace();

    /** How long a node's lease must be missing before its sessions end. Longer than the nodes' renewal (5 s). At most 1h. */
    @WithDefault("6s")
    Duration leaseMargin();

    /** How long the end of a session is remembered, so that an older record that comes again does not revive it, and an erasure, so that an end that comes late leaves no last seen. From 1s to 24h. */
    @WithDefault("10m")
    Duration tombstone();

    /** How often users whose grace is over are looked for. */
    @WithDefault("1s")
    String sweepEvery();

    /** How often the leases of nodes are looked at. */
    @WithDefault("2s")
    String checkNodesEvery();

    /** How many users {@code GET /v1/channels/{c}/presence} names at most. From 1 to 1000. */
    @WithDefault("200")
    int listedUsers();

    /** How many members of a channel are looked at for it, at most; with more, the answer says {@code "partial":true}. From 1 to 100000. */
    @WithDefault("5000")
    int members();
}
