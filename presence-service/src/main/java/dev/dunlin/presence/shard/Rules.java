package dev.dunlin.presence.shard;

import dev.dunlin.protocol.frame.Device;
import java.time.Duration;
import java.util.Map;

/**
 * The times by which a shard changes.
 *
 * @param graces from the end of a user's last session to offline, by the device of that session
 * @param tombstone how long an erasure is remembered after the user's last session
 */
public record Rules(Map<Device, Duration> graces, Duration tombstone) {
    public Rules {
        graces = Map.copyOf(graces);
        for (Device device : Device.values()) {
            if (!graces.containsKey(device)) {
                throw new IllegalArgumentException("no grace of " + device);
            }
        }
    }

    Duration grace(Device device) {
        Duration grace = graces.get(device);
        if (grace == null) {
            throw new IllegalStateException("no grace of " + device);
        }
        return grace;
    }
}
