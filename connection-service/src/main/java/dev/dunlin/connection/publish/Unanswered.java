package dev.dunlin.connection.publish;

import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Refusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the commands of this node that have no reply yet, and refuses more of them above a bound.
 * So a log that is behind slows its publishers down, and what waits in Kafka stays bounded. Replies
 * come nearly in the order of their commands: each is counted against the oldest command. A reply
 * may be lost on the bus; its command is forgotten after {@link #FORGET}. Thread-safe, never
 * blocks.
 */
public final class Unanswered {
    static final Duration FORGET = Duration.ofSeconds(30);

    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final Duration LEAST_PAUSE = Duration.ofMillis(500);
    private static final Duration MOST_PAUSE = Duration.ofSeconds(5);

    private final int most;
    private final LongSupplier nanoTime;
    private final Runnable onRefusal;
    /** Oldest first; at most one for each second until {@link #FORGET}. */
    private final Deque<Slice> slices = new ArrayDeque<>();

    private int count;

    /** The commands of one second. */
    private static final class Slice {
        private final long beginNanos;
        private int count;

        Slice(long beginNanos) {
            this.beginNanos = beginNanos;
        }
    }

    /**
     * At most {@code most} commands wait.
     *
     * @param nanoTime as {@link System#nanoTime}
     * @param onRefusal is called for each refusal, on the caller's thread
     */
    public Unanswered(int most, LongSupplier nanoTime, Runnable onRefusal) {
        if (most < 1) {
            throw new IllegalArgumentException("dunlin.publish.unanswered must be 1 or more");
        }
        this.most = most;
        this.nanoTime = nanoTime;
        this.onRefusal = onRefusal;
    }

    /**
     * Counts a command that is about to be appended. If too many wait, it is not counted, and the
     * refusal asks for a pause as long as the oldest of them has waited, from 0.5 to 5 s.
     */
    Optional<Refusal> take() {
        Optional<Refusal> refusal = count();
        if (refusal.isPresent()) {
            onRefusal.run();
        }
        return refusal;
    }

    private synchronized Optional<Refusal> count() {
        long now = nanoTime.getAsLong();
        forget(now);
        if (count >= most) {
            Duration waited = Duration.ofNanos(now - slices.getFirst().beginNanos);
            return Optional.of(new Refusal(
                    ErrorCode.OVERLOADED, most + " messages already wait for their ack on this node", pause(waited)));
        }
        Slice newest = slices.peekLast();
        if (newest == null || now - newest.beginNanos >= SLICE.toNanos()) {
            newest = new Slice(now);
            slices.addLast(newest);
        }
        newest.count++;
        count++;
        return Optional.empty();
    }

    /** A reply came. */
    synchronized void answered() {
        leave(slices.peekFirst());
    }

    /** A command that was counted was not appended. */
    synchronized void withdrawn() {
        leave(slices.peekLast());
    }

    /** How many commands wait. */
    public synchronized int size() {
        forget(nanoTime.getAsLong());
        return count;
    }

    private void leave(@Nullable Slice slice) {
        if (slice != null) {
            slice.count--;
            count--;
            if (slice.count == 0) {
                slices.remove(slice);
            }
        }
    }

    private void forget(long now) {
        while (!slices.isEmpty() && now - slices.getFirst().beginNanos > FORGET.toNanos()) {
            count -= slices.removeFirst().count;
        }
    }

    private static Duration pause(Duration waited) {
        return waited.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : waited.compareTo(MOST_PAUSE) > 0 ? MOST_PAUSE : waited;
    }
}
