package dev.dunlin.benchmark.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Calls at a fixed rate, whatever the calls do: one that comes late is followed by the next at
 * once, and each learns when it was due. It parks and does not spin: the processor belongs to what
 * is measured.
 */
public final class Pace {
    private Pace() {}

    /** Sends message {@code index}, which was due at {@code dueNanos}. */
    public interface Send {
        void send(int index, long dueNanos);
    }

    /**
     * Sends at {@code perSecond} for a time; returns how many. Blocks. Stops early, within a
     * message, when {@code stop} says so.
     */
    public static int keep(double perSecond, Duration time, int most, BooleanSupplier stop, Send send) {
        long start = System.nanoTime();
        long count = Math.min(most, Math.round(perSecond * time.toNanos() / 1e9));
        for (int i = 0; i < count; i++) {
            long due = start + Math.round(i * 1e9 / perSecond);
            await(due);
            if (stop.getAsBoolean()) {
                return i;
            }
            send.send(i, due);
        }
        return Math.toIntExact(count);
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
