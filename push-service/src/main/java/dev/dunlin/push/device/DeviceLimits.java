package dev.dunlin.push.device;

import java.time.Duration;

/**
 * What is allowed to devices.
 *
 * @param perUser how many a user may have
 * @param bytesPerUser for all devices of a user: addresses, keys and preferences as they are stored
 * @param notFoundLimit answers 404 in a row that disable a device
 * @param notFoundTime and over what time at least
 */
public record DeviceLimits(int perUser, int bytesPerUser, int notFoundLimit, Duration notFoundTime) {
    /** With 20 answers 404 over a day. */
    public DeviceLimits(int perUser, int bytesPerUser) {
        this(perUser, bytesPerUser, 20, Duration.ofDays(1));
    }
}
