package dev.dunlin.connection.fake;

import dev.dunlin.connection.metrics.ConnectionMetrics;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what tests ask for. */
public final class CountingMetrics implements ConnectionMetrics {
    public final AtomicInteger dropped = new AtomicInteger();
    public final AtomicInteger repaired = new AtomicInteger();
    public final AtomicInteger gaps = new AtomicInteger();
    public final AtomicInteger conflated = new AtomicInteger();
    public final AtomicInteger pages = new AtomicInteger();
    public final AtomicInteger shared = new AtomicInteger();
    public final AtomicInteger tailHits = new AtomicInteger();
    public final AtomicInteger busLate = new AtomicInteger();
    public final AtomicInteger compared = new AtomicInteger();
    public final AtomicInteger heartbeats = new AtomicInteger();
    public final AtomicInteger abuses = new AtomicInteger();
    public final AtomicInteger behind = new AtomicInteger();
    public final AtomicInteger rechecked = new AtomicInteger();
    public final AtomicInteger partsLost = new AtomicInteger();
    public final AtomicInteger revoked = new AtomicInteger();

    @Override
    public void frameIn() {}

    @Override
    public void channelPresenceRead(int parts) {}

    @Override
    public void channelPresenceUnwritten() {}

    @Override
    public void channelPresencePartLost() {
        partsLost.incrementAndGet();
    }

    @Override
    public void framesOut(int frames) {}

    @Override
    public void flushed(int links) {}

    @Override
    public void ephemeralDropped() {
        dropped.incrementAndGet();
    }

    @Override
    public void slowConsumer() {}

    @Override
    public void conflated(int messages) {
        conflated.addAndGet(messages);
    }

    @Override
    public void pageFetched() {
        pages.incrementAndGet();
    }

    @Override
    public void pageShared() {
        shared.incrementAndGet();
    }

    @Override
    public void tailHit() {
        tailHits.incrementAndGet();
    }

    @Override
    public void markConflated() {}

    @Override
    public void gapRepaired() {
        repaired.incrementAndGet();
    }

    @Override
    public void gapReported() {
        gaps.incrementAndGet();
    }

    @Override
    public void busReset() {}

    @Override
    public void busLate() {
        busLate.incrementAndGet();
    }

    @Override
    public void busReconnected() {}

    @Override
    public void headsCompared(int channels) {
        compared.addAndGet(channels);
    }

    @Override
    public void headBehind() {
        behind.incrementAndGet();
    }

    @Override
    public void accessRechecked() {
        rechecked.incrementAndGet();
    }

    @Override
    public void accessUnknown() {}

    @Override
    public void accessRevoked() {
        revoked.incrementAndGet();
    }

    @Override
    public void membershipsAsked() {}

    @Override
    public void presenceAsked(int users) {}

    @Override
    public void replayed(int events) {}

    @Override
    public void refused(String bound) {}

    @Override
    public void heartbeatTimedOut() {
        heartbeats.incrementAndGet();
    }

    @Override
    public void abused() {
        abuses.incrementAndGet();
    }
}
