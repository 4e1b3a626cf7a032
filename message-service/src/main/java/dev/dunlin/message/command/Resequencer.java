package dev.dunlin.message.command;

import dev.dunlin.message.command.DeadLetters.Reason;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.message.sequencer.CommandRecord;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.LoggedEvent;
import dev.dunlin.message.sequencer.Outcome;
import dev.dunlin.message.sequencer.Sequenced;
import dev.dunlin.message.sequencer.Touched;
import dev.dunlin.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Sequences one batch alone, from the store's own state. Used for a batch that could not be
 * published before it was stored, and for one whose write was refused.
 *
 * <p>If the store refuses a batch, or sequencing it fails, the batch is halved until the record to
 * blame stands alone. That record is dead-lettered. All others are stored with the seqs that were
 * published for them. {@code announced} holds what was published of this batch and of those after
 * it. One for a batch; one thread.
 */
final class Resequencer {
    private static final Logger LOG = Logger.getLogger(Resequencer.class);

    private final LogPorts ports;
    private final DeadLetters deadLetters;
    private final Announced announced;
    private final List<Sequenced> outcomes = new ArrayList<>();
    private final List<Bus.Publication> second = new ArrayList<>();
    private final List<EventStream.Entry> entries = new ArrayList<>();

    Resequencer(LogPorts ports, DeadLetters deadLetters, Announced announced) {
        this.ports = ports;
        this.deadLetters = deadLetters;
        this.announced = announced;
    }

    /** Some of the records can never succeed. */
    private static final class Unprocessable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Reason reason;

        Unprocessable(Reason reason, String message) {
            super(message);
            this.reason = reason;
        }

        Unprocessable(Reason reason, RuntimeException cause) {
            super(cause.toString(), cause);
            this.reason = reason;
        }
    }

    /**
     * Stores the records and publishes their events. Returns when each of them is stored, refused
     * or dead-lettered.
     */
    void resequence(List<CommandRecord> records) {
        try {
            storeTogether(records);
        } catch (Unprocessable unprocessable) {
            if (records.size() == 1) {
                deadLetter(records.getFirst(), unprocessable);
            } else {
                resequence(records.subList(0, records.size() / 2));
                resequence(records.subList(records.size() / 2, records.size()));
            }
        }
    }

    /** What became of each record, in order. */
    List<Sequenced> outcomes() {
        return outcomes;
    }

    /** What to publish on the bus now that the batch is stored. */
    List<Bus.Publication> second() {
        return second;
    }

    List<EventStream.Entry> entries() {
        return entries;
    }

    private void storeTogether(List<CommandRecord> records) {
        Touched touched = Touched.by(records);
        while (true) {
            LogState state = load(touched);
            List<Sequenced> sequenced = workOut(() -> ports.sequencer().sequence(state, records));
            requireAsAnnounced(state, sequenced);
            if (store(state, sequenced)) {
                return;
            }
        }
    }

    /**
     * Publishes and stores at the same time. Returns false if another process changed what was
     * loaded.
     */
    private boolean store(LogState state, List<Sequenced> sequenced) {
        FanOut fanOut = workOut(() -> FanOut.of(sequenced, announced, ports.streamed()));
        CompletableFuture<Void> announcing = ports.bus().publish(fanOut.first());
        announced.add(sequenced);
        try {
            if (!append(state)) {
                return false;
            }
        } finally {
            announcing.join();
        }
        outcomes.addAll(sequenced);
        second.addAll(fanOut.second());
        entries.addAll(fanOut.entries());
        return true;
    }

    private LogState load(Touched touched) {
        return workOut(() -> ports.retry()
                .until(
                        "loading the state of a batch",
                        failure -> failure instanceof StoreFailure || failure instanceof StaleLog,
                        () -> ports.log().load(touched),
                        ports.observer()::retried));
    }

    /** Returns false if another process changed what was loaded. */
    private boolean append(LogState state) {
        if (!state.changed()) {
            return true;
        }
        Append outcome = workOut(() -> ports.retry()
                .until(
                        "storing a batch",
                        StoreFailure.class::isInstance,
                        () -> ports.log().append(state),
                        ports.observer()::retried));
        return switch (outcome) {
            case Append.Stored stored -> true;
            case Append.Stale(var why) -> {
                LOG.infof("%s; sequencing again", why);
                ports.observer().retried(why);
                ports.retry().pause("sequencing again");
                yield false;
            }
            case Append.Refused(var cause) -> throw new Unprocessable(Reason.REFUSED, cause);
        };
    }

    /** The result of {@code work}. Its failures are blamed on the records. */
    private static <T> T workOut(Supplier<T> work) {
        try {
            return work.get();
        } catch (Retry.Stopped | StaleLog notOfTheRecords) {
            throw notOfTheRecords;
        } catch (RefusedData refused) {
            throw new Unprocessable(Reason.REFUSED, refused);
        } catch (RuntimeException bug) {
            throw new Unprocessable(Reason.FAILED, bug);
        }
    }

    /**
     * The log must hold what was published. The sequencer is deterministic, so it does, unless an
     * earlier record was dead-lettered. A record that depends on that one cannot be carried out
     * either. What another process stored meanwhile stands.
     */
    private void requireAsAnnounced(LogState state, List<Sequenced> sequenced) {
        if (announced.isEmpty()) {
            return;
        }
        for (Sequenced one : sequenced) {
            Optional<LoggedEvent> before = announced.find(one.record().position());
            Optional<LoggedEvent> now = Announced.eventOf(one.outcome());
            if (before.isPresent() && before.map(Resequencer::seq).equals(now.map(Resequencer::seq))) {
                continue;
            }
            if (before.isPresent() && !isApplied(state, one.record())) {
                throw new Unprocessable(Reason.REFUSED, "it depends on a record that was dead-lettered");
            }
            if (before.isPresent()) {
                ports.observer().diverged();
            }
        }
    }

    private void deadLetter(CommandRecord record, Unprocessable unprocessable) {
        LOG.errorf(unprocessable, "dead-lettering the record at %s, of %s", record.position(), record.channel());
        ports.retry()
                .until(
                        "dead-lettering a record",
                        failure -> true,
                        () -> {
                            deadLetters.keep(
                                    record.position(),
                                    unprocessable.reason,
                                    String.valueOf(unprocessable.getMessage()));
                            return true;
                        },
                        ports.observer()::retried);
        ports.observer().deadLettered(unprocessable.reason);
        Optional<LoggedEvent> event = announced.find(record.position());
        if (event.isEmpty() || !burn(record, seq(event.get()))) {
            Sequenced refused = new Sequenced(
                    record, new Outcome.Refused(ErrorCode.INTERNAL, "the command could not be carried out"));
            outcomes.add(refused);
            second.addAll(
                    FanOut.of(List.of(refused), announced, ports.streamed()).second());
        }
    }

    /**
     * Burns the seq that was published for a record. Returns false if that is impossible: then
     * another event gets that seq.
     */
    private boolean burn(CommandRecord record, long seq) {
        try {
            while (true) {
                LogState state = load(Touched.by(List.of(record)));
                Sequenced burnt = ports.sequencer().burn(state, record, seq);
                if (!(burnt.outcome() instanceof Outcome.Burnt)) {
                    break;
                }
                if (store(state, List.of(burnt))) {
                    return true;
                }
            }
        } catch (Unprocessable unprocessable) {
            LOG.errorf(unprocessable, "seq %d of %s was published and cannot be burnt", seq, record.channel());
        }
        announced.release(record.channel());
        ports.observer().diverged();
        return false;
    }

    private static boolean isApplied(LogState state, CommandRecord record) {
        return state.channels()
                .before(record.channel())
                .map(ChannelState::applied)
                .filter(applied -> applied.covers(record.position()))
                .isPresent();
    }

    private static long seq(LoggedEvent logged) {
        return logged.event().seq();
    }
}
