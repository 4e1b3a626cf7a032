package dev.dunlin.presence.metrics;

import dev.dunlin.presence.owner.Observer;
import dev.dunlin.protocol.frame.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The metrics of this process since its start. Thread-safe. */
@Startup
@Singleton
public final class PresenceMetrics implements Observer {
    private final Map<Status, Counter> changes = new EnumMap<>(Status.class);
    private final Counter swept;
    private final Counter unreadable;
    private final Counter reconciled;
    private final Counter unkept;
    private final AtomicLong online = new AtomicLong();
    private final AtomicInteger rebuilding = new AtomicInteger();

    PresenceMetrics(MeterRegistry registry) {
        for (Status status : List.of(Status.ONLINE, Status.AWAY, Status.OFFLINE)) {
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
                .description("Users of this process's shards that are online, away or in their grace")
                .register(registry);
        reconciled = Counter.builder("dunlin.presence.reconciled.sessions")
                .description("Sessions that were not as their node listed them, and were corrected")
                .register(registry);
        unkept = Counter.builder("dunlin.presence.unkept.users")
                .description(
                        "Changes of what users chose or when they were seen that were not kept, since Kafka took none for too long")
                .register(registry);
        Gauge.builder("dunlin.presence.rebuilding", rebuilding, AtomicInteger::get)
                .description("Shards of this process whose users are not all known yet")
                .register(registry);
    }

    @Override
    public void changed(Status status) {
        counter(status).increment();
    }

    @Override
    public void swept(int sessions) {
        swept.increment(sessions);
    }

    @Override
    public void reconciled(int sessions) {
        reconciled.increment(sessions);
    }

    @Override
    public void holding(long users, int shards) {
        online.set(users);
        rebuilding.set(shards);
    }

    /** Counts one skipped record. */
    public void unreadable() {
        unreadable.increment();
    }

    /** Counts one change that would be lost with Redis. */
    public void unkept() {
        unkept.increment();
    }

    private Counter counter(Status status) {
        Counter counter = changes.get(status);
        if (counter == null) {
            throw new IllegalArgumentException(status.name());
        }
        return counter;
    }
}
