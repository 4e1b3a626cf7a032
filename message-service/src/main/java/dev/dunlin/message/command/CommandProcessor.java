package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.CommandRecord;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.message.sequencer.Sequenced;
import dev.dunlin.message.sequencer.Sequencer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The one writer of the channels of this process's partitions. A batch is loaded and sequenced; then its events go out on the bus while it is stored; when both are done,
 * replies and the event stream follow; when {@link #process} returns, its offsets may be committed. {@code docs/decisions/0009} says why that tells nobody what does not
 * last.
 *
 * <p>Nothing is skipped: what fails is tried again with growing pauses until it succeeds or the process stops. A single record that can never succeed is put aside. State is
 * loaded for each batch and not kept, so there is nothing to invalidate when partitions move; a state that another process changed meanwhile is found out when it is stored.
 */
public final class CommandProcessor {
    private final Sequencer sequencer;
    private final ChannelLog log;
    private final Bus bus;
    private final EventStream events;
    private final BatchObserver observer;
    private final Retry retry;

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
     * Processes one poll's records, those of a partition in the order of their offsets. Blocks until all is done. Throws {@link Retry.Stopped} if the process stops before;
     * then the batch may have been done in part, and doing it again is safe.
     */
    public void process(List<CommandRecord> batch, DeadLetters deadLetters) {
        long start = System.nanoTime();
        Attempts attempts = new Attempts(sequencer, log, bus, deadLetters, observer, retry);
        attempts.settle(batch);
        List<Sequenced> settled = attempts.settled();
        CompletableFuture<Void> answered = bus.publish(attempts.second());
        List<EventStream.Entry> entries = attempts.entries();
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
        answered.join();
        observer.processed(settled, System.nanoTime() - start);
        TraceLog.log(settled);
    }

    /** Keeps a record that is no command, and waits until it is kept. Throws {@link Retry.Stopped} if the process stops before. */
    public void putAside(LogPosition position, String why, DeadLetters deadLetters) {
        retry.until(
                "putting a record aside",
                failure -> true,
                () -> {
                    deadLetters.keep(position, DeadLetters.Reason.UNREADABLE, why);
                    return true;
                },
                observer::retried);
        observer.putAside(DeadLetters.Reason.UNREADABLE);
    }
}
