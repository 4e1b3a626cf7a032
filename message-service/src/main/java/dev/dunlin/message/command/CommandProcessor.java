package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.CommandRecord;
import dev.dunlin.message.sequencer.InFlightState;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.Sequenced;
import dev.dunlin.message.sequencer.Sequencer;
import dev.dunlin.message.sequencer.Touched;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The only writer of the channels whose partitions this process has. It has three stages, and each
 * works on a batch while the others work on theirs.
 *
 * <p>The first stage loads state, lays the batches in flight over it, sequences the commands and
 * publishes the events on the bus. The second stage stores all waiting batches in one write, and
 * replies. The third stage publishes to the event stream. When {@link Batch#done} completes,
 * offsets may be committed. Decisions 0009 and 0014 in {@code docs/decisions} say why nothing is
 * published that will not be stored.
 *
 * <p>Nothing is skipped. What fails is retried with growing pauses until it succeeds or the process
 * stops. When a write is refused, or another process has written, {@link Resequencer} stores the
 * batches in flight one by one from the store's own state. Nothing new is sequenced until that is
 * done.
 *
 * <p>No state is kept beyond the batches in flight, so nothing has to be invalidated when
 * partitions move. If another process changes a state, the next load or append notices.
 *
 * <p>Thread-safe. The caller bounds how many batches are in flight.
 */
public final class CommandProcessor {
    private static final Logger LOG = Logger.getLogger(CommandProcessor.class);

    private final Sequencer sequencer;
    private final ChannelLog log;
    private final Bus bus;
    private final EventStream events;
    private final BatchObserver observer;
    private final Retry retry;
    private final Stage<Batch> sequencing = new Stage<>("commands-sequence", this::sequence);
    private final Stage<Batch> storing = new Stage<>("commands-store", this::store);
    private final Stage<Batch> streaming = new Stage<>("commands-stream", this::stream);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Published and not yet stored, the oldest first. */
    private final Deque<Batch> inFlight = new ArrayDeque<>();
    /**
     * Grows with each re-sequencing: what was sequenced before that over batches in flight is void.
     */
    private long generation;

    private boolean resequencing;
    private int unfinished;
    /** Why all batches in flight fail: an earlier batch failed. */
    private @Nullable RuntimeException broken;

    public CommandProcessor(
            Sequencer sequencer, ChannelLog log, Bus bus, EventStream events, BatchObserver observer, Retry retry) {
        this.sequencer = sequencer;
        this.log = log;
        this.bus = bus;
        this.events = events;
        this.observer = observer;
        this.retry = retry;
    }

    /**
     * Takes the next records. Does not block. After a batch has failed, all batches given after it
     * fail too. Give nothing new until they all have.
     */
    public Batch take(Batch batch) {
        lock.lock();
        try {
            unfinished++;
        } finally {
            lock.unlock();
        }
        sequencing.add(batch);
        return batch;
    }

    /**
     * Processes records and blocks until they are done. Throws {@link Retry.Stopped} if the process
     * stops first.
     */
    public void process(List<CommandRecord> records, DeadLetters deadLetters) {
        try {
            take(new Batch(records, List.of(), deadLetters)).done().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** How many batches are published and not yet stored. */
    public int inFlight() {
        lock.lock();
        try {
            return inFlight.size();
        } finally {
            lock.unlock();
        }
    }

    private void sequence(List<Batch> batches) {
        for (Batch batch : batches) {
            try {
                requireNoFailure();
                deadLetterUnreadable(batch);
                if (!log.loadsBesideAppends()) {
                    awaitNothingInFlight();
                }
                if (!announce(batch)) {
                    awaitNothingInFlight();
                    resequence(batch, new Announced());
                    storing.add(batch);
                }
            } catch (RuntimeException | Error e) {
                fail(List.of(batch), e);
            } finally {
                batch.sequenced().complete(null);
            }
        }
    }

    /**
     * Sequences a batch over those in flight, and publishes it. If that is impossible it returns
     * false and has published nothing. The batch then waits for all before it and is sequenced by
     * itself.
     */
    private boolean announce(Batch batch) {
        Touched touched = Touched.by(batch.records());
        while (true) {
            List<LogState> before = new ArrayList<>();
            long begun = begin(before);
            try {
                LogState loaded = retry.until(
                        "loading the state of a batch",
                        StoreFailure.class::isInstance,
                        () -> log.load(touched),
                        observer::retried);
                Optional<LogState> state = InFlightState.over(touched, loaded, before);
                if (state.isEmpty()) {
                    LOG.info(
                            "another process wrote to the log; a batch is sequenced again when those before it are stored");
                    return false;
                }
                List<Sequenced> sequenced = sequencer.sequence(state.get(), batch.records());
                if (publish(batch, begun, state.get(), sequenced, FanOut.of(sequenced, new Announced()))) {
                    return true;
                }
            } catch (Retry.Stopped stopped) {
                throw stopped;
            } catch (RuntimeException e) {
                LOG.debugf(e, "a batch cannot be announced before it is stored");
                return false;
            }
        }
    }

    /** Adds the states of the batches in flight to {@code before}. Waits during a re-sequencing. */
    private long begin(List<LogState> before) {
        lock.lock();
        try {
            while (resequencing) {
                changed.awaitUninterruptibly();
            }
            requireNoFailure();
            inFlight.forEach(batch -> before.add(batch.state()));
            return generation;
        } finally {
            lock.unlock();
        }
    }

    /** Returns false if the state that the batch was sequenced over is void. */
    private boolean publish(Batch batch, long begun, LogState state, List<Sequenced> sequenced, FanOut fanOut) {
        lock.lock();
        try {
            requireNoFailure();
            if (resequencing || generation != begun) {
                return false;
            }
            batch.announce(state, sequenced, fanOut, bus.publish(fanOut.first()));
            inFlight.add(batch);
            storing.add(batch);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void awaitNothingInFlight() {
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

    /** Stores all of the batches in one write. Those that are not in flight are stored already. */
    private void store(List<Batch> batches) {
        List<Batch> announced = batches.stream().filter(Batch::isInFlight).toList();
        try {
            requireNoFailure();
            if (!announced.isEmpty() && !append(announced)) {
                resequenceAll(batches);
                return;
            }
            removeInFlight(announced);
            reply(batches);
        } catch (RuntimeException | Error e) {
            fail(batches, e);
        }
    }

    private boolean append(List<Batch> announced) {
        LogState state = LogState.merged(announced.stream().map(Batch::state).toList());
        if (!state.changed()) {
            return true;
        }
        long startNanos = System.nanoTime();
        try {
            retry.until(
                    "storing a batch",
                    StoreFailure.class::isInstance,
                    () -> {
                        log.append(state);
                        return true;
                    },
                    observer::retried);
        } catch (Retry.Stopped stopped) {
            throw stopped;
        } catch (StaleLog stale) {
            LOG.infof("%s; sequencing again", stale.getMessage());
            observer.retried(String.valueOf(stale.getMessage()));
            return false;
        } catch (RuntimeException refused) {
            LOG.debugf(refused, "a write was refused; finding the record that caused it");
            return false;
        }
        observer.stored(announced.size(), System.nanoTime() - startNanos);
        return true;
    }

    /**
     * Stores them one by one from the store's own state, with the seqs that were published.
     * Includes the batches that were published over them meanwhile.
     */
    private void resequenceAll(List<Batch> batches) {
        List<Batch> all = new ArrayList<>(batches);
        lock.lock();
        try {
            resequencing = true;
            generation++;
            all.addAll(storing.takeBack());
        } finally {
            lock.unlock();
        }
        int done = 0;
        try {
            Announced announced = new Announced();
            all.stream().filter(Batch::isInFlight).forEach(batch -> announced.add(batch.outcomes()));
            for (Batch batch : all) {
                if (batch.isInFlight()) {
                    resequence(batch, announced);
                }
                removeInFlight(List.of(batch));
                reply(List.of(batch));
                done++;
            }
        } catch (RuntimeException | Error e) {
            fail(all.subList(done, all.size()), e);
        } finally {
            lock.lock();
            try {
                resequencing = false;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void resequence(Batch batch, Announced announced) {
        if (!batch.records().isEmpty()) {
            Resequencer resequencer =
                    new Resequencer(sequencer, log, bus, batch.deadLetters(), observer, retry, announced);
            resequencer.resequence(batch.records());
            batch.sequencedAs(resequencer.outcomes(), resequencer.second(), resequencer.entries());
        }
    }

    private void reply(List<Batch> batches) {
        for (Batch batch : batches) {
            batch.await(bus.publish(batch.replies()));
            streaming.add(batch);
        }
    }

    private void stream(List<Batch> batches) {
        try {
            List<EventStream.Entry> entries =
                    batches.stream().flatMap(batch -> batch.entries().stream()).toList();
            if (!entries.isEmpty()) {
                retry.until(
                        "publishing to the event stream",
                        failure -> true,
                        () -> {
                            events.publish(entries);
                            return true;
                        },
                        observer::retried);
            }
            for (Batch batch : batches) {
                batch.announced().join();
                observer.processed(batch.outcomes(), batch.nanos());
                TraceLog.log(batch.outcomes());
                finished();
                batch.done().complete(null);
            }
        } catch (RuntimeException | Error e) {
            fail(batches.stream().filter(batch -> !batch.done().isDone()).toList(), e);
        }
    }

    /** Dead-letters the records that are not commands, and waits until that is on disk. */
    private void deadLetterUnreadable(Batch batch) {
        for (Batch.Unreadable record : batch.unreadable()) {
            retry.until(
                    "dead-lettering a record",
                    failure -> true,
                    () -> {
                        batch.deadLetters().keep(record.position(), DeadLetters.Reason.UNREADABLE, record.why());
                        return true;
                    },
                    observer::retried);
            observer.deadLettered(DeadLetters.Reason.UNREADABLE);
        }
    }

    /** They are stored now, or never will be. */
    private void removeInFlight(List<Batch> batches) {
        lock.lock();
        try {
            inFlight.removeAll(batches);
            batches.forEach(Batch::forgetState);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(List<Batch> batches, Throwable failure) {
        RuntimeException why = failure instanceof RuntimeException one ? one : new CompletionException(failure);
        lock.lock();
        try {
            broken = why;
        } finally {
            lock.unlock();
        }
        removeInFlight(batches);
        for (Batch batch : batches) {
            finished();
            batch.done().completeExceptionally(why);
        }
    }

    private void finished() {
        lock.lock();
        try {
            if (--unfinished == 0) {
                broken = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private void requireNoFailure() {
        lock.lock();
        try {
            if (broken != null) {
                throw broken;
            }
        } finally {
            lock.unlock();
        }
    }
}
