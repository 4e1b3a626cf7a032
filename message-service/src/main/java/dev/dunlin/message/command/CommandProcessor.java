package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.ActiveChannels;
import dev.dunlin.message.sequencer.CommandRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * The only writer of the channels whose partitions this process has. A batch passes three steps,
 * and each works on a batch while the others work on theirs.
 *
 * <ul>
 *   <li>{@link Announcer} sequences the commands and publishes their events on the bus. It does so
 *       on the caller's thread if memory knows all that the batch depends on; else on a thread that
 *       may wait for the store.
 *   <li>{@link BatchWriter} stores all waiting batches in one write, and replies.
 *   <li>{@link EventStreaming} publishes to the event stream. When {@link Batch#done} completes,
 *       offsets may be committed.
 * </ul>
 *
 * <p>Decisions 0009, 0014 and 0022 in {@code docs/decisions} say why nothing is published that will
 * not be stored. Nothing is skipped. What fails is retried with growing pauses until it succeeds or
 * the process stops.
 *
 * <p>Thread-safe. The caller bounds how many batches are in flight.
 */
public final class CommandProcessor {
    private final InFlightBatches inFlight = new InFlightBatches();
    private final Announcer announcer;
    private final Stage<Batch> sequencing = new Stage<>("commands-sequence", this::sequence);

    /**
     * {@code linger} is how long events may wait for the event stream, so that more leave together;
     * {@code mostRemembered} bounds what is kept of channels in memory.
     */
    public CommandProcessor(LogPorts ports, Duration linger, int mostRemembered) {
        BatchWriter writer = new BatchWriter(inFlight, ports, new EventStreaming(inFlight, ports, linger));
        this.announcer = new Announcer(inFlight, ports, writer, new ActiveChannels(mostRemembered));
    }

    /**
     * Takes the next records. Does not block. After a batch has failed, all batches given after it
     * fail too. Give nothing new until they all have.
     */
    public Batch take(Batch batch) {
        inFlight.taken();
        if (sequencing.isIdle() && announcer.announceFromMemory(batch)) {
            batch.sequenced().complete(null);
        } else {
            sequencing.add(batch);
        }
        return batch;
    }

    /**
     * Forgets what it knows of channels: partitions moved, so another process may have written, or
     * may write. Any thread.
     */
    public void forgetChannels() {
        announcer.forgetChannels();
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
        return inFlight.size();
    }

    /** How much of the log's state is in memory: channels, members, marks, messages and ids. */
    public int remembered() {
        return announcer.remembered();
    }

    private void sequence(List<Batch> batches) {
        for (Batch batch : batches) {
            try {
                announcer.announce(batch);
            } catch (RuntimeException | Error e) {
                inFlight.fail(List.of(batch), e instanceof RuntimeException why ? why : new CompletionException(e));
            } finally {
                batch.sequenced().complete(null);
            }
        }
    }
}
