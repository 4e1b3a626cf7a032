package dev.dunlin.benchmark.load;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The round that a target measures now; what belongs to another round is ignored. One for a target.
 * Thread-safe.
 */
public final class CurrentRound {
    private volatile @Nullable Round round;

    /** An ack or a delivery of a message of the round, at a {@link System#nanoTime()}. */
    public interface Arrival {
        void message(Round round, int number, long nanos);
    }

    /** Measures this round from now on. */
    public void begin(Round next) {
        round = next;
    }

    /** The round; throws {@link IllegalStateException} before the first one. */
    public Round require() {
        Round current = round;
        if (current == null) {
            throw new IllegalStateException("no round has begun");
        }
        return current;
    }

    /** Does nothing before the first round. */
    public void ifBegun(Consumer<Round> action) {
        Round current = round;
        if (current != null) {
            action.accept(current);
        }
    }

    /** Notes the message whose id stands at an index of {@code bytes}. */
    public void note(byte[] bytes, int at, long nanos, Arrival arrival) {
        Round current = round;
        if (current != null && MessageIds.round(bytes, at) == current.number()) {
            arrival.message(current, MessageIds.number(bytes, at), nanos);
        }
    }
}
