package dev.dunlin.connection.subscription;

import dev.dunlin.connection.catchup.Replay;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What the subscriptions of one session keep besides its outbox, limited for all of them together:
 * the bytes of live events behind replays, and the number of replays that run. Other replays wait
 * for their turn. So a client that stalls costs no more if it has many channels. On the session's
 * loop.
 */
final class Backlog {
    private static final int MOST_REPLAYS = 4;

    private final int maxBytes;
    private final List<Replay> running = new ArrayList<>(MOST_REPLAYS);
    private final ArrayDeque<Replay> waiting = new ArrayDeque<>(0);
    private int bytes;

    Backlog(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Counts {@code count} more bytes, if they may be kept. Returns whether they may. */
    boolean hold(int count) {
        if (bytes + count > maxBytes) {
            return false;
        }
        bytes += count;
        return true;
    }

    /** Subtracts {@code count} bytes that are no longer kept. */
    void letGo(int count) {
        bytes -= count;
    }

    /** Starts a replay, or has it wait for its turn. */
    void begin(Replay replay) {
        if (running.size() < MOST_REPLAYS) {
            running.add(replay);
            replay.start();
        } else {
            waiting.add(replay);
        }
    }

    /** A replay is over, or will never begin. */
    void end(Replay replay) {
        if (!waiting.remove(replay) && running.remove(replay)) {
            Replay next = waiting.poll();
            if (next != null) {
                begin(next);
            }
        }
    }
}
