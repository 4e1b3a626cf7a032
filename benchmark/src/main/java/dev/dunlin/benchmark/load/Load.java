package dev.dunlin.benchmark.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The two ways of sending. Both block until every message has come, or for a bounded time after the
 * last was sent.
 */
public final class Load {
    private static final long PAUSE_NANOS = 200_000;

    private final Duration patience;
    private final BooleanSupplier stop;

    /**
     * How long to be patient.
     *
     * @param patience how long after the last message the rest may take
     * @param stop ends the sending early
     */
    public Load(Duration patience, BooleanSupplier stop) {
        this.patience = patience;
        this.stop = stop;
    }

    /** Open loop: at a fixed rate, whatever comes back. Each message is a write of its own. */
    public void open(Target target, Round round, double perSecond, Duration time) {
        target.begin(round);
        int sent = Pace.keep(perSecond, time, round.capacity(), stop, (index, due) -> {
            round.sending(index, due);
            target.send(index);
            target.flush();
        });
        round.sent(sent);
        drain(round);
    }

    /**
     * Closed loop: as many as go, with at most {@code window} under way; returns how many came in
     * time and for how long it sent.
     */
    public Closed closed(Target target, Round round, int window, Duration time) {
        target.begin(round);
        long start = System.nanoTime();
        long end = start + time.toNanos();
        int sent = 0;
        while (System.nanoTime() < end && sent < round.capacity() && !stop.getAsBoolean()) {
            long done = Math.min(round.acked() + round.refusals(), round.delivered());
            long room = Math.min(window - (sent - done), round.capacity() - sent);
            if (room <= 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
                continue;
            }
            for (long i = 0; i < room; i++) {
                round.sending(sent, System.nanoTime());
                target.send(sent);
                sent++;
            }
            target.flush();
        }
        long elapsed = System.nanoTime() - start;
        long came = Math.min(round.acked(), round.delivered());
        round.sent(sent);
        drain(round);
        return new Closed(came, Duration.ofNanos(elapsed));
    }

    /** What a closed loop did. */
    public record Closed(long messages, Duration time) {
        public double perSecond() {
            return messages * 1e9 / time.toNanos();
        }
    }

    private void drain(Round round) {
        long end = System.nanoTime() + patience.toNanos();
        while (!round.complete() && System.nanoTime() < end && !stop.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
