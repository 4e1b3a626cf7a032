package dev.dunlin.push.schedule;

import dev.dunlin.push.device.Device;

/** Where it is recorded for operators that a notification was given up. Does not block or throw. */
@FunctionalInterface
public interface DeadLetters {
    /**
     * {@code reason}: a word of {@link dev.dunlin.push.decision.Reason}; {@code error}: for people.
     */
    void add(Device device, String reason, String error, int attempts);
}
