package dev.dunlin.message.userdata;

import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.kafka.UserEvent;

/** {@code user.events}, by which the other services hear of users, at least once. */
public interface UserEvents {
    /**
     * Publishes, and waits until the broker has it on disk. Blocks. Thread-safe. Throws a
     * {@link RuntimeException} if it failed.
     */
    void publish(UserEvent event, TraceId trace);
}
