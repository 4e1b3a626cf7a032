package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.CommandRecord;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.Sequenced;
import dev.dunlin.message.sequencer.Sequencer;
import dev.dunlin.message.sequencer.Touched;
import java.util.List;

/**
 * The one writer of the channels of this process's partitions. A batch is loaded, sequenced, stored, and only then told to everybody: first the bus and
 * then the event stream; when {@link #process} returns, its offsets may be committed. The fan-out comes after the store, and not beside it, so that who has an ack
 * reads its own write, and so that a process that has lost its partition without knowing tells nobody anything.
 *
 * <p>Nothing is skipped: what fails is tried again with growing pauses until it succeeds or the process stops. State is loaded for each batch and not kept, so there is
 * nothing to invalidate when partitions move; a state that another process changed meanwhile is found out when it is stored.
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
    public void process(List<CommandRecord> batch) {
        long start = System.nanoTime();
        List<Sequenced> sequenced = retry.until("storing a batch", () -> store(batch), observer::retried);
        FanOut fanOut = FanOut.of(sequenced);
        bus.publish(fanOut.publications());
        retry.until(
                "publishing to the event stream",
                () -> {
                    events.publish(fanOut.entries());
                    return true;
                },
                observer::retried);
        observer.processed(sequenced, System.nanoTime() - start);
        TraceLog.log(sequenced);
    }

    private List<Sequenced> store(List<CommandRecord> batch) {
        LogState state = log.load(Touched.by(batch));
        List<Sequenced> sequenced = sequencer.sequence(state, batch);
        if (state.changed()) {
            log.append(state);
        }
        return sequenced;
    }
}
