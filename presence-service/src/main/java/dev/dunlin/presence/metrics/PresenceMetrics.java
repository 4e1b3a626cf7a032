package dev.dunlin.presence.metrics;

import dev.dunlin.protocol.frame.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The metrics of this process since its start. Thread-safe. */
@Startup
@Singleton
public final class PresenceMetrics {
    private final Map<Status, Counter> changes = new EnumMap<>(Status.class);
    private final Counter swept;
    private final Counter unreadable;
    private final AtomicLong online = new AtomicLong();

    PresenceMetrics(MeterRegistry registry) {
        for (Status status : Status.values()) {
            changes.put(
                    status,
                    Counter.builder("dunlin.presence.changes")
                            .description("Changes of a user's status that this process published")
                            .tag("status", status.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        swept = Counter.builder("dunlin.presence.swept.sessions")
                .description("Sessions that this process ended because their node died")
                .register(registry);
        unreadable = Counter.builder("dunlin.presence.unreadable.events")
                .description("Records that this process skipped because they cannot be read")
                .register(registry);
        Gauge.builder("dunlin.presence.online", online, AtomicLong::get)
                .description("Users of the whole suite that are online, away or in their grace")
                .register(registry);
    }

    /** Counts one published change. */
    public void changed(Status status) {
        counter(status).increment();
    }

    /** Counts sessions that ended because their node died. */
    public void swept(int sessions) {
        swept.increment(sessions);
    }

    /** Counts one skipped record. */
    public void unreadable() {
        unreadable.increment();
    }

    /** Records how many users of the whole suite are online, away or in their grace. */
    public void online(long users) {
        online.set(users);
    }

    private Counter counter(Status status) {
        Counter counter = changes.get(status);
        if (counter == null) {
            throw new IllegalArgumentException(status.name());
        }
        return counter;
    }
}
