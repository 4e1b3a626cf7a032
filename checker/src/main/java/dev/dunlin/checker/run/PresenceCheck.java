package dev.dunlin.checker.run;

import dev.dunlin.checker.history.PresenceHistory;
import dev.dunlin.checker.history.PresenceLines;
import dev.dunlin.checker.history.PresenceRecorder;
import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.workload.Presences;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The part of a check that is about presence: nothing if the options leave it out. Blocks; for one
 * thread.
 */
final class PresenceCheck implements AutoCloseable {
    /** How many answers must be right, so that all processes of presence-service gave some. */
    private static final int ANSWERS = 10;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final CheckOptions options;
    private final PresenceRecorder recorder;
    private final Presences presences;
    private final LongSupplier nanos;
    private final Consumer<String> say;
    private long settlesAt;

    PresenceCheck(CheckOptions options, Access access, PresenceLines lines, LongSupplier nanos, Consumer<String> say) {
        this.options = options;
        this.recorder = new PresenceRecorder(nanos, lines);
        this.presences = new Presences(options.name(), access, recorder, options.seed());
        this.nanos = nanos;
        this.say = say;
    }

    /** Starts the users, and waits until those who stay connected are online. */
    void start() throws InterruptedException {
        if (options.presence() && !presences.start()) {
            throw new CannotCheck("users who connected did not become online");
        }
    }

    /** The last fault is over. */
    void healed() {
        if (!options.faults().isEmpty()) {
            settlesAt = nanos.getAsLong() + PresenceHistory.SETTLING.toNanos();
        }
    }

    /** Users stay as they are from now on. */
    void calm() {
        if (options.presence()) {
            presences.calm();
            settlesAt = Math.max(settlesAt, nanos.getAsLong() + PresenceHistory.CHANGING.toNanos());
        }
    }

    /** Waits until presence must be right, and then for answers. */
    void settle() throws InterruptedException {
        if (!options.presence()) {
            return;
        }
        long left = settlesAt - nanos.getAsLong();
        if (left > 0) {
            say.accept("waiting %.0f s until presence must be right".formatted(left / 1e9));
            Thread.sleep(Duration.ofNanos(left));
        }
        recorder.settled();
        long deadline = nanos.getAsLong() + PATIENCE.toNanos();
        while (recorder.history().settledAnswers().size() < ANSWERS) {
            if (nanos.getAsLong() > deadline) {
                throw new CannotCheck("presence cannot be read over REST");
            }
            Thread.sleep(BETWEEN); // until the pollers have asked often enough
        }
    }

    PresenceHistory history() {
        return options.presence() ? recorder.history() : PresenceHistory.NONE;
    }

    @Override
    public void close() {
        presences.close();
    }
}
