package dev.dunlin.push.delivery.micrometer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** How old the keys are that this suite identifies itself with. */
public final class KeyAges {
    private KeyAges() {}

    /**
     * Registers the gauge of one key.
     *
     * @param key {@code apns} or {@code fcm}
     * @param modified when the file of the key was written
     */
    public static void register(String key, Supplier<Instant> modified, Clock clock, MeterRegistry metrics) {
        Gauge.builder(
                        "dunlin.push.key.age",
                        () -> Duration.between(modified.get(), clock.instant()).toSeconds())
                .description("Time since the file of a key was written")
                .baseUnit("seconds")
                .tag("key", key)
                .register(metrics);
    }
}
