package dev.dunlin.connection.catchup;

import dev.dunlin.protocol.Epoch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The last events of one channel, without a hole up to the newest. A client that missed only these
 * is served from memory. Hub loop only.
 */
public final class HotTail {
    private static final int OVERHEAD = 64;
    private static final byte[] DELETED = "{\"type\":\"deleted\"".getBytes(StandardCharsets.UTF_8);

    private final TailBudget budget;
    private final ArrayDeque<LoggedFrame> frames = new ArrayDeque<>(0);
    private long bytes;

    public HotTail(TailBudget budget) {
        this.budget = budget;
    }

    /**
     * Adds the event after the last one. A deletion empties the tail first, so that no deleted
     * content is kept.
     */
    public void add(LoggedFrame event) {
        if (isDeletion(event.frame())) {
            clear();
        }
        frames.add(event);
        bytes += cost(event);
        budget.grown(this, cost(event));
        while (frames.size() > budget.eventsPerChannel() || bytes > budget.bytesPerChannel()) {
            budget.shrunk(this, dropOldest());
        }
    }

    /** Drops all events, also because the next event will not be the one after the last. */
    public void clear() {
        long freed = bytes;
        frames.clear();
        bytes = 0;
        budget.shrunk(this, freed);
    }

    /** Everything after a position; empty if the tail does not reach back that far. */
    public Optional<FramePage> after(long position, Epoch epoch) {
        LoggedFrame oldest = frames.peekFirst();
        if (oldest == null || oldest.seq() > position + 1 || frames.getLast().seq() <= position) {
            return Optional.empty();
        }
        List<LoggedFrame> missed =
                frames.stream().filter(event -> event.seq() > position).toList();
        return Optional.of(new FramePage(epoch, frames.getLast().seq(), oldest.seq(), missed, false));
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** Drops the oldest event. Returns how many bytes that frees. */
    long dropOldest() {
        int freed = cost(frames.remove());
        bytes -= freed;
        return freed;
    }

    private static int cost(LoggedFrame event) {
        return event.frame().length + OVERHEAD;
    }

    private static boolean isDeletion(byte[] frame) {
        return frame.length > DELETED.length && Arrays.equals(frame, 0, DELETED.length, DELETED, 0, DELETED.length);
    }
}
