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
    private final Counter heartbeatTimeouts;
    private final Counter abuses;
    private final Counter gapRepairs;
    private final Counter gapsReported;
    private final Counter replayed;
    private final Counter conflated;
    private final Counter pagesFetched;
    private final Counter pagesShared;
    private final Counter tailHits;
    private final Counter marksConflated;
    private final Counter busResets;
    private final Counter busLate;
    private final Counter busReconnects;
    private final Counter headsCompared;
    private final Counter headsBehind;

    public MicrometerConnectionMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.framesIn = registry.counter("dunlin.frames.in");
        this.framesOut = registry.counter("dunlin.frames.out");
        this.ephemeralDropped = registry.counter("dunlin.outbox.dropped");
        this.slowConsumers = registry.counter("dunlin.outbox.closed");
        this.heartbeatTimeouts = registry.counter("dunlin.heartbeat.closed");
        this.abuses = registry.counter("dunlin.abuse.closed");
        this.gapRepairs = registry.counter("dunlin.gap.repairs");
        this.gapsReported = registry.counter("dunlin.gap.reported");
        this.replayed = registry.counter("dunlin.replayed.events");
        this.conflated = registry.counter("dunlin.outbox.conflated");
        this.pagesFetched = registry.counter("dunlin.pages.fetched");
        this.pagesShared = registry.counter("dunlin.pages.shared");
        this.tailHits = registry.counter("dunlin.tail.hits");
        this.marksConflated = registry.counter("dunlin.marks.conflated");
        this.busResets = registry.counter("dunlin.bus.resets");
        this.busLate = registry.counter("dunlin.bus.late");
        this.busReconnects = registry.counter("dunlin.bus.reconnects");
        this.headsCompared = registry.counter("dunlin.heads.compared");
        this.headsBehind = registry.counter("dunlin.heads.behind");
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
    public void heartbeatTimedOut() {
        heartbeatTimeouts.increment();
    }

    @Override
    public void abused() {
        abuses.increment();
    }

    @Override
    public void conflated(int messages) {
        conflated.increment(messages);
    }

    @Override
    public void pageFetched() {
        pagesFetched.increment();
    }

    @Override
    public void pageShared() {
        pagesShared.increment();
    }

    @Override
    public void tailHit() {
        tailHits.increment();
    }

    @Override
    public void markConflated() {
        marksConflated.increment();
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
    public void busReset() {
        busResets.increment();
    }

    @Override
    public void busLate() {
        busLate.increment();
    }

    @Override
    public void busReconnected() {
        busReconnects.increment();
    }

    @Override
    public void headsCompared(int channels) {
        headsCompared.increment(channels);
    }

    @Override
    public void headBehind() {
        headsBehind.increment();
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
