package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.ActiveChannels;
import dev.dunlin.message.sequencer.InFlightState;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.Sequenced;
import dev.dunlin.message.sequencer.Touched;
import dev.dunlin.protocol.ChannelName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Sequences batches and publishes their events. It finds the state that a batch depends on in
 * memory. What memory does not know is loaded, with the batches in flight over it. One thread at a
 * time.
 */
final class Announcer {
    private static final Logger LOG = Logger.getLogger(Announcer.class);

    private final InFlightBatches inFlight;
    private final LogPorts ports;
    private final BatchWriter writer;
    private final ActiveChannels channels;
    /** The channels are known as of this generation of what is in flight. */
    private long generation;

    private final AtomicBoolean moved = new AtomicBoolean();

    Announcer(InFlightBatches inFlight, LogPorts ports, BatchWriter writer, ActiveChannels channels) {
        this.inFlight = inFlight;
        this.ports = ports;
        this.writer = writer;
        this.channels = channels;
    }

    /** As {@link CommandProcessor#forgetChannels}. */
    void forgetChannels() {
        moved.set(true);
    }

    int remembered() {
        return channels.size();
    }

    /**
     * Announces a batch if that needs neither the store nor a wait. Else it does nothing and
     * returns false. Does not block.
     */
    boolean announceFromMemory(Batch batch) {
        if (!batch.unreadable().isEmpty()) {
            return false;
        }
        Optional<InFlightBatches.Base> base = inFlight.tryBegin();
        if (base.isEmpty()) {
            return false;
        }
        forgetWhatIsVoid(base.get());
        try {
            Touched touched = Touched.by(batch.records());
            Optional<LogState> state = channels.find(touched);
            return state.isPresent() && publish(batch, touched, Touched.NOTHING, base.get(), state.get());
        } catch (RuntimeException e) {
            LOG.debugf(e, "a batch cannot be announced from memory");
            return false;
        }
    }

    /**
     * Announces a batch. If that is impossible before it is stored, the batch waits for all before
     * it and is stored by itself. Blocks.
     */
    void announce(Batch batch) {
        inFlight.requireNoFailure();
        deadLetterUnreadable(batch);
        if (!announceOverInFlight(batch)) {
            inFlight.awaitNone();
            channels.forgetAll();
            writer.storeAlone(batch);
        }
    }

    /** Returns false if that is impossible; then it has published nothing. */
    private boolean announceOverInFlight(Batch batch) {
        Touched touched = Touched.by(batch.records());
        while (true) {
            InFlightBatches.Base base = begin(touched);
            Touched unknown = channels.findUnknown(touched);
            try {
                Optional<LogState> state =
                        unknown.isEmpty() ? channels.find(touched) : load(touched, unknown, base.states());
                if (state.isEmpty()) {
                    LOG.info(
                            "another process wrote to the log; a batch is sequenced again when those before it are stored");
                    return false;
                }
                if (publish(batch, touched, unknown, base, state.get())) {
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

    /**
     * If the store cannot be loaded from beside a write, and has to be, it waits for the writes.
     */
    private InFlightBatches.Base begin(Touched touched) {
        InFlightBatches.Base base = inFlight.begin();
        forgetWhatIsVoid(base);
        if (ports.log().loadsBesideAppends()
                || base.states().isEmpty()
                || channels.findUnknown(touched).isEmpty()) {
            return base;
        }
        inFlight.awaitNone();
        InFlightBatches.Base now = inFlight.begin();
        forgetWhatIsVoid(now);
        return now;
    }

    private Optional<LogState> load(Touched touched, Touched unknown, List<LogState> before) {
        LogState loaded = ports.retry()
                .until(
                        "loading the state of a batch",
                        StoreFailure.class::isInstance,
                        () -> ports.log().load(unknown),
                        ports.observer()::retried);
        return InFlightState.over(unknown, loaded, before).flatMap(found -> channels.complete(touched, unknown, found));
    }

    /** Returns false if the state that the batch was sequenced over is void. */
    private boolean publish(Batch batch, Touched touched, Touched unknown, InFlightBatches.Base base, LogState state) {
        List<Sequenced> sequenced = ports.sequencer().sequence(state, batch.records());
        FanOut fanOut = FanOut.of(sequenced, new Announced(), ports.streamed());
        boolean published = inFlight.add(batch, base, () -> {
            batch.announce(state, sequenced, fanOut, ports.bus().publish(fanOut.first()));
            writer.add(batch);
        });
        if (published) {
            remember(touched, unknown, base, state);
        }
        return published;
    }

    /** Never throws: the batch is published and must not be published again. */
    private void remember(Touched touched, Touched unknown, InFlightBatches.Base base, LogState state) {
        try {
            channels.remember(touched, unknown, state);
            learnIds(base.states());
        } catch (RuntimeException e) {
            LOG.warnf(e, "what a batch left cannot be remembered; it is loaded when it is needed");
            channels.forgetAll();
        }
    }

    /**
     * What was sequenced over batches in flight is void, or partitions moved: another process may
     * have written.
     */
    private void forgetWhatIsVoid(InFlightBatches.Base base) {
        if (moved.getAndSet(false) || generation != base.generation()) {
            generation = base.generation();
            channels.forgetAll();
        }
    }

    /** Reads all ids of channels for which that is cheaper than further look-ups. */
    private void learnIds(List<LogState> before) {
        for (ChannelName channel : channels.takeWorthReading()) {
            try {
                ports.log().clientIds(channel).ifPresent(ids -> channels.learnIds(channel, ids, before));
            } catch (StoreFailure e) {
                LOG.debugf(e, "the ids of %s cannot be read now; they are looked up one by one", channel);
            }
        }
    }

    /** Dead-letters the records that are not commands, and waits until that is on disk. */
    private void deadLetterUnreadable(Batch batch) {
        for (Batch.Unreadable record : batch.unreadable()) {
            ports.retry()
                    .until(
                            "dead-lettering a record",
                            failure -> true,
                            () -> {
                                batch.deadLetters()
                                        .keep(record.position(), DeadLetters.Reason.UNREADABLE, record.why());
                                return true;
                            },
                            ports.observer()::retried);
            ports.observer().deadLettered(DeadLetters.Reason.UNREADABLE);
        }
    }
}
