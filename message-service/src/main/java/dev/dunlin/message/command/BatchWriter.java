package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.LogState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/**
 * Stores what was published. All waiting batches go into one write; then their notices and replies
 * are published. When the write is refused, or another process has written, {@link Resequencer}
 * stores the batches in flight one by one from the store's own state. Nothing new is published
 * until that is done. Has its own thread.
 */
final class BatchWriter {
    private static final Logger LOG = Logger.getLogger(BatchWriter.class);

    private final InFlightBatches inFlight;
    private final LogPorts ports;
    private final EventStreaming events;
    private final Stage<Batch> storing = new Stage<>("commands-store", this::store);

    BatchWriter(InFlightBatches inFlight, LogPorts ports, EventStreaming events) {
        this.inFlight = inFlight;
        this.ports = ports;
        this.events = events;
    }

    /** Takes a batch that was published. Does not block. */
    void add(Batch batch) {
        storing.add(batch);
    }

    /**
     * Sequences and stores a batch that could not be published before. Blocks; nothing may be in
     * flight.
     */
    void storeAlone(Batch batch) {
        resequence(batch, new Announced());
        storing.add(batch);
    }

    /** Those that are not in flight are stored already. */
    private void store(List<Batch> batches) {
        List<Batch> announced = batches.stream().filter(Batch::isInFlight).toList();
        try {
            inFlight.requireNoFailure();
            if (!announced.isEmpty() && !append(announced)) {
                resequenceAll(batches);
                return;
            }
            inFlight.remove(announced);
            batches.forEach(this::reply);
        } catch (RuntimeException | Error e) {
            fail(batches, e);
        }
    }

    /** Returns false if nothing was stored. */
    private boolean append(List<Batch> announced) {
        LogState state = LogState.merged(announced.stream().map(Batch::state).toList());
        if (!state.changed()) {
            return true;
        }
        long startNanos = System.nanoTime();
        return switch (write(state)) {
            case Append.Stored stored -> {
                ports.observer().stored(announced.size(), System.nanoTime() - startNanos);
                yield true;
            }
            case Append.Stale(var why) -> {
                LOG.infof("%s; sequencing again", why);
                ports.observer().retried(why);
                yield false;
            }
            case Append.Refused(var cause) -> {
                LOG.debugf(cause, "a write was refused; finding the record that caused it");
                yield false;
            }
        };
    }

    private Append write(LogState state) {
        try {
            return ports.retry()
                    .until(
                            "storing a batch",
                            StoreFailure.class::isInstance,
                            () -> ports.log().append(state),
                            ports.observer()::retried);
        } catch (Retry.Stopped stopped) {
            throw stopped;
        } catch (RuntimeException bug) {
            return new Append.Refused(bug);
        }
    }

    /**
     * Stores them one by one from the store's own state, with the seqs that were published.
     * Includes the batches that were published over them meanwhile.
     */
    private void resequenceAll(List<Batch> batches) {
        List<Batch> all = new ArrayList<>(batches);
        all.addAll(inFlight.startResequencing(storing::takeBack));
        int done = 0;
        try {
            Announced announced = new Announced();
            all.stream().filter(Batch::isInFlight).forEach(batch -> announced.add(batch.outcomes()));
            for (Batch batch : all) {
                if (batch.isInFlight()) {
                    resequence(batch, announced);
                }
                inFlight.remove(List.of(batch));
                reply(batch);
                done++;
            }
        } catch (RuntimeException | Error e) {
            fail(all.subList(done, all.size()), e);
        } finally {
            inFlight.endResequencing();
        }
    }

    private void resequence(Batch batch, Announced announced) {
        if (!batch.records().isEmpty()) {
            Resequencer resequencer = new Resequencer(ports, batch.deadLetters(), announced);
            resequencer.resequence(batch.records());
            batch.sequencedAs(resequencer.outcomes(), resequencer.second(), resequencer.entries());
        }
    }

    private void reply(Batch batch) {
        batch.await(ports.bus().publish(batch.replies()));
        batch.stored().complete(null);
        events.add(batch);
    }

    private void fail(List<Batch> batches, Throwable failure) {
        inFlight.fail(batches, failure instanceof RuntimeException why ? why : new CompletionException(failure));
    }
}
