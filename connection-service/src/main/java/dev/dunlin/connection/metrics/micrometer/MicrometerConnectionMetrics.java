package dev.dunlin.connection.metrics.micrometer;

import dev.dunlin.connection.metrics.ConnectionMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Publishes the meters {@code dunlin_…} for Prometheus. */
public final class MicrometerConnectionMetrics implements ConnectionMetrics {
    private final MeterRegistry registry;
    private final Counter framesIn;
    private final Counter framesOut;
    private final Counter flushes;
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
    private final Counter accessRechecked;
    private final Counter accessUnknown;
    private final Counter accessRevoked;
    private final Counter membershipsAsked;
    private final Counter presenceAsked;
    private final Counter channelPresenceRead;
    private final Counter channelPresenceUnwritten;
    private final Counter channelPresencePartsLost;

    public MicrometerConnectionMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.framesIn = counter("dunlin.frames.in", "Frames that clients sent");
        this.framesOut = counter("dunlin.frames.out", "Frames that were written to clients");
        this.flushes = counter("dunlin.link.flushes", "Writes to WebSockets, each of one frame or several");
        this.ephemeralDropped = counter("dunlin.outbox.dropped", "Ephemeral frames that were dropped at slow clients");
        this.slowConsumers =
                counter("dunlin.outbox.closed", "Links that were closed because their client read too slowly");
        this.heartbeatTimeouts =
                counter("dunlin.heartbeat.closed", "Links that were closed because their client was silent");
        this.abuses =
                counter("dunlin.abuse.closed", "Links that were closed because their client continued after refusals");
        this.gapRepairs = counter("dunlin.gap.repairs", "Holes of the bus that were repaired from the log");
        this.gapsReported =
                counter("dunlin.gap.reported", "Holes that could not be repaired and were reported to clients");
        this.replayed = counter("dunlin.replayed.events", "Events that were replayed to clients that resumed");
        this.conflated = counter("dunlin.outbox.conflated", "Messages that a later one replaced at slow clients");
        this.pagesFetched = counter("dunlin.pages.fetched", "Pages of events that were fetched from message-service");
        this.pagesShared =
                counter("dunlin.pages.shared", "Requests for a page that was being fetched for another session");
        this.tailHits = counter("dunlin.tail.hits", "Resumes that were served from memory");
        this.marksConflated =
                counter("dunlin.marks.conflated", "Read and received marks that became part of another mark's command");
        this.busResets = counter("dunlin.bus.resets", "Connections to Redis that carried nothing and were closed");
        this.busLate = counter("dunlin.bus.late", "Probes of the bus that took longer than dunlin.bus.probe");
        this.busReconnects = counter("dunlin.bus.reconnects", "Connections to Redis that were lost and are back");
        this.headsCompared = counter("dunlin.heads.compared", "Channels that were compared with their log");
        this.headsBehind = counter("dunlin.heads.behind", "Channels whose last events the bus had lost");
        this.accessRechecked = counter("dunlin.access.rechecks", "Access checks of subscriptions");
        this.accessUnknown = counter("dunlin.access.unknown", "Access checks without an answer, which are retried");
        this.accessRevoked =
                counter("dunlin.access.revocations", "Subscriptions that ended because their user lost access");
        this.membershipsAsked = counter("dunlin.memberships.requeries", "Users whose memberships were fetched again");
        this.channelPresenceRead =
                counter("dunlin.channel.presence.reads", "Parts of channels' presence that were read from Redis");
        this.channelPresenceUnwritten = counter(
                "dunlin.channel.presence.unwritten", "Writes of channels' presence that failed and are retried");
        this.channelPresencePartsLost = counter(
                "dunlin.channel.presence.parts.lost", "Parts of channels' presence that ended with a dead node");
        this.presenceAsked = counter("dunlin.presence.requeries", "Watched users whose presence was fetched again");
    }

    @Override
    public void frameIn() {
        framesIn.increment();
    }

    @Override
    public void framesOut(int frames) {
        framesOut.increment(frames);
    }

    @Override
    public void flushed(int links) {
        flushes.increment(links);
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
    public void accessRechecked() {
        accessRechecked.increment();
    }

    @Override
    public void accessUnknown() {
        accessUnknown.increment();
    }

    @Override
    public void accessRevoked() {
        accessRevoked.increment();
    }

    @Override
    public void membershipsAsked() {
        membershipsAsked.increment();
    }

    @Override
    public void channelPresenceRead(int parts) {
        channelPresenceRead.increment(parts);
    }

    @Override
    public void channelPresenceUnwritten() {
        channelPresenceUnwritten.increment();
    }

    @Override
    public void channelPresencePartLost() {
        channelPresencePartsLost.increment();
    }

    @Override
    public void presenceAsked(int users) {
        presenceAsked.increment(users);
    }

    @Override
    public void replayed(int events) {
        replayed.increment(events);
    }

    @Override
    public void refused(String bound) {
        Counter.builder("dunlin.refused")
                .description("Links and frames that were refused, by the limit they exceeded")
                .tag("bound", bound)
                .register(registry)
                .increment();
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
