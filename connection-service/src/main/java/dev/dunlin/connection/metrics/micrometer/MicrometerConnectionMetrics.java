package dev.dunlin.connection.metrics.micrometer;

import dev.dunlin.connection.metrics.ConnectionMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The meters named {@code dunlin_…} that Prometheus reads. */
public final class MicrometerConnectionMetrics implements ConnectionMetrics {
    private final MeterRegistry registry;
    private final Counter framesIn;
    private final Counter framesOut;
    private final Counter ephemeralDropped;
    private final Counter slowConsumers;
    private final Counter gapRepairs;
    private final Counter gapsReported;
    private final Counter replayed;

    public MicrometerConnectionMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.framesIn = registry.counter("dunlin.frames.in");
        this.framesOut = registry.counter("dunlin.frames.out");
        this.ephemeralDropped = registry.counter("dunlin.outbox.dropped");
        this.slowConsumers = registry.counter("dunlin.outbox.closed");
        this.gapRepairs = registry.counter("dunlin.gap.repairs");
        this.gapsReported = registry.counter("dunlin.gap.reported");
        this.replayed = registry.counter("dunlin.replayed.events");
    }

    @Override
    public void frameIn() {
        framesIn.increment();
    }

    @Override
    public void frameOut() {
        framesOut.increment();
    }

    @Override
    public void ephemeralDropped() {
        ephemeralDropped.increment();
    }

    @Override
    public void slowConsumer() {
        slowConsumers.increment();
    }

    @Override
    public void gapRepaired() {
        gapRepairs.increment();
    }

    @Override
    public void gapReported() {
        gapsReported.increment();
    }

    @Override
    public void replayed(int events) {
        replayed.increment(events);
    }

    @Override
    public void refused(String bound) {
        registry.counter("dunlin.refused", "bound", bound).increment();
    }
}
