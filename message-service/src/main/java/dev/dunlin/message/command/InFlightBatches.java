package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.LogState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The batches that are published and not yet stored, and whether another may be published over
 * them. {@link CommandProcessor} owns it; its threads meet only here. Thread-safe.
 */
final class InFlightBatches {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** The oldest first. */
    private final Deque<Batch> inFlight = new ArrayDeque<>();
    /** Grows when what was sequenced over batches in flight becomes void. */
    private long generation;

    private boolean resequencing;
    private int unfinished;
    /** Why all batches fail until none is left: an earlier one failed. */
    private @Nullable RuntimeException broken;

    /**
     * What a batch is sequenced over.
     *
     * @param states what the batches in flight leave, the oldest first
     */
    record Base(long generation, List<LogState> states) {}

    /** Counts a batch until it is {@link #finished} or {@link #fail fails}. */
    void taken() {
        lock.lock();
        try {
            unfinished++;
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #begin}; empty instead of waiting or throwing. */
    Optional<Base> tryBegin() {
        lock.lock();
        try {
            return resequencing || broken != null ? Optional.empty() : Optional.of(base());
        } finally {
            lock.unlock();
        }
    }

    /** Waits during a re-sequencing. Throws what an earlier batch failed with. */
    Base begin() {
        lock.lock();
        try {
            while (resequencing) {
                changed.awaitUninterruptibly();
            }
            requireNoFailure();
            return base();
        } finally {
            lock.unlock();
        }
    }

    private Base base() {
        return new Base(generation, inFlight.stream().map(Batch::state).toList());
    }

    /**
     * Runs {@code announce} and adds the batch. Returns false, without running it, if what the
     * batch was sequenced over is void.
     */
    boolean add(Batch batch, Base over, Runnable announce) {
        lock.lock();
        try {
            requireNoFailure();
            if (resequencing || generation != over.generation()) {
                return false;
            }
            announce.run();
            inFlight.add(batch);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Returns when nothing is in flight. Throws what an earlier batch failed with. */
    void awaitNone() {
        lock.lock();
        try {
            while (resequencing || !inFlight.isEmpty()) {
                changed.awaitUninterruptibly();
            }
            requireNoFailure();
        } finally {
            lock.unlock();
        }
    }

    /** They are stored now, or never will be. */
    void remove(List<Batch> batches) {
        lock.lock();
        try {
            inFlight.removeAll(batches);
            batches.forEach(Batch::forgetState);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * From now on nothing is published, and what was sequenced before is void. Returns what
     * {@code takeBack} gives: all that was published meanwhile.
     */
    List<Batch> startResequencing(Supplier<List<Batch>> takeBack) {
        lock.lock();
        try {
            resequencing = true;
            generation++;
            return new ArrayList<>(takeBack.get());
        } finally {
            lock.unlock();
        }
    }

    void endResequencing() {
        lock.lock();
        try {
            resequencing = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** All batches that are taken before the last of these has ended fail too. */
    void fail(List<Batch> batches, RuntimeException why) {
        lock.lock();
        try {
            broken = why;
            generation++;
        } finally {
            lock.unlock();
        }
        remove(batches);
        for (Batch batch : batches) {
            finished();
            batch.fail(why);
        }
    }

    void finished() {
        lock.lock();
        try {
            if (--unfinished == 0) {
                broken = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Throws what an earlier batch failed with. */
    void requireNoFailure() {
        lock.lock();
        try {
            if (broken != null) {
                throw broken;
            }
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return inFlight.size();
        } finally {
            lock.unlock();
        }
    }
}
