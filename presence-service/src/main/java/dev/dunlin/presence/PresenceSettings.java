package dev.dunlin.presence;

import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.VisibleTo;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * The validated settings of presence-service. Immutable.
 *
 * @param graces the time from the end of a user's last session to offline, by its device
 * @param leaseMargin how long a node's lease must be missing before its sessions end; longer than
 *     the interval at which nodes renew it
 * @param tombstone how long an erasure is remembered after the user's last session
 * @param seenFor how long it is remembered when a user was last seen
 * @param seenUsers of how many users at most
 * @param visibleTo who sees the presence of a user who chose nothing
 * @param relationsKept how long it is used again who is related to whom
 * @param listedUsers the most users that the presence of a channel names
 * @param members the most members of a channel that are considered
 */
public record PresenceSettings(
        Map<Device, Duration> graces,
        Duration leaseMargin,
        Duration tombstone,
        Duration seenFor,
        int seenUsers,
        VisibleTo visibleTo,
        Duration relationsKept,
        int listedUsers,
        int members) {
    /**
     * Throws {@link IllegalArgumentException} with one line that names the key, its value and what
     * is allowed.
     */
    public PresenceSettings {
        graces = Map.copyOf(graces);
        graces.forEach((device, grace) -> between(
                "dunlin.presence.grace-" + device.name().toLowerCase(Locale.ROOT),
                grace,
                Duration.ZERO,
                Duration.ofHours(1)));
        between("dunlin.presence.lease-margin", leaseMargin, Duration.ZERO, Duration.ofHours(1));
        between("dunlin.presence.tombstone", tombstone, Duration.ofSeconds(1), Duration.ofDays(1));
        between("dunlin.presence.seen-for", seenFor, Duration.ofHours(1), Duration.ofDays(3_650));
        between("dunlin.presence.seen-users", seenUsers, 1_000, 100_000_000);
        between("dunlin.presence.relations-kept", relationsKept, Duration.ZERO, Duration.ofMinutes(10));
        if (visibleTo == VisibleTo.NOBODY) {
            throw new IllegalArgumentException(
                    "dunlin.presence.visible-to=nobody: must be contacts, members or everyone");
        }
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
