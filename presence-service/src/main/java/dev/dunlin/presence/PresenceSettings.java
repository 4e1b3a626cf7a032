package dev.dunlin.presence;

import java.time.Duration;

/**
 * The checked settings of presence-service.
 *
 * @param grace       from the end of a user's last session to offline
 * @param leaseMargin how long a node's lease must be missing before its sessions end; longer than nodes take to renew it
 * @param tombstone   how long the end of a session is remembered, so that an older record that comes again does not revive it; an erasure, too
 * @param listedUsers how many users a channel's presence names at most
 * @param members     how many members of a channel are looked at, at most
 */
public record PresenceSettings(Duration grace, Duration leaseMargin, Duration tombstone, int listedUsers, int members) {
    /** Throws {@link IllegalArgumentException} with a line that names the key, the value and what is allowed. */
    public PresenceSettings {
        between("dunlin.presence.grace", grace, Duration.ZERO, Duration.ofHours(1));
        between("dunlin.presence.lease-margin", leaseMargin, Duration.ZERO, Duration.ofHours(1));
        between("dunlin.presence.tombstone", tombstone, Duration.ofSeconds(1), Duration.ofDays(1));
        between("dunlin.presence.listed-users", listedUsers, 1, 1_000);
        between("dunlin.presence.members", members, 1, 100_000);
    }

    private static void between(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(key + "=" + value + ": must be from " + least + " to " + most);
        }
    }

    private static void between(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + "=" + value + ": must be from " + least + " to " + most);
        }
    }
}
