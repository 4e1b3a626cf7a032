package dev.dunlin.message.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.message.command.Append;
import dev.dunlin.message.testing.MemoryLog;
import dev.dunlin.message.testing.Policies;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.AddMember;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.Delete;
import dev.dunlin.protocol.kafka.ChannelCommand.Edit;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.Mark;
import dev.dunlin.protocol.kafka.ChannelCommand.Operation;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import dev.dunlin.protocol.kafka.ChannelCommand.React;
import dev.dunlin.protocol.kafka.ChannelCommand.RemoveMember;
import dev.dunlin.protocol.kafka.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * However the log is cut into batches, however many of them are announced before they are stored,
 * however much of the state a writer remembers, and whenever writers crash, come again or do not
 * know that they are dead: the numbering is that of {@link PlainModel}.
 */
class SequencerPropertyTest {
    private static final List<ChannelName> CHANNELS =
            List.of(new ChannelName("room:a"), new ChannelName("group:b"), new ChannelName("room:c"));
    private static final List<UserId> USERS = List.of(new UserId("ann"), new UserId("ben"), new UserId("cas"));

    /** What happens to the writer; where it takes records, the next {@code size} of a partition. */
    record Step(int partition, int size, Fate fate) {}

    enum Fate {
        /** It numbers and announces a batch, over those that are not stored yet. */
        IN_FLIGHT,
        /** The same, and the oldest of those is stored before the load. */
        IN_FLIGHT_AS_ANOTHER_IS_STORED,
        /** The same, and the oldest of those is stored after the load. */
        IN_FLIGHT_BEFORE_ANOTHER_IS_STORED,
        STORE_ONE,
        STORE_ALL,
        /** Partitions moved: it forgets what it remembers of channels. */
        FORGET,
        /** It reads all ids of the channels in which it remembers something. */
        LEARN_IDS,
        CRASH,
        CRASH_AFTER_STORE,
        CRASH_AFTER_STORE_OF_ONE,
        /** With all that it announced and did not store. */
        SLEEP,
        /**
         * The one that slept longest takes more and stores, whatever was done meanwhile, and sleeps
         * again.
         */
        WAKE
    }

    record Act(int channel, int user, Operation operation) {}

    @Property(tries = 1_000)
    void theNumberingIsThatOfThePlainModel(
            @ForAll("acts") List<Act> acts, @ForAll("steps") List<Step> steps, @ForAll("memories") int remembered) {
        List<List<CommandRecord>> partitions = records(acts);
        PlainModel model = new PlainModel();
        partitions.forEach(partition -> partition.forEach(model::apply));

        Run run = new Run(partitions, remembered);
        steps.forEach(run::take);
        run.finish();

        for (ChannelName channel : CHANNELS) {
            List<LoggedEvent> events = run.log.events(channel);
            assertThat(events)
                    .extracting(logged -> new PlainModel.Entry(logged.position(), what(logged.event())))
                    .isEqualTo(model.log(channel));
            for (int i = 0; i < events.size(); i++) {
                assertThat(events.get(i).event().seq()).isEqualTo(i + 1);
                assertThat(run.announced.get(new Keys.OfSeq(channel, i + 1))).isEqualTo(text(events.get(i)));
            }
        }
        for (ChannelName channel : CHANNELS) {
            for (UserId user : USERS) {
                assertThat(run.log.mark(channel, user).map(mark -> List.of(mark.read(), mark.received())))
                        .isEqualTo(model.mark(channel, user));
            }
        }
        assertThat(run.announced)
                .hasSize(CHANNELS.stream().mapToInt(c -> model.log(c).size()).sum());
    }

    /** A batch that is announced and not stored. */
    private record Flight(int partition, List<CommandRecord> batch, LogState state) {}

    /**
     * A process: what it has on its way, what it remembers, and where it takes the next record of
     * each partition.
     */
    private static final class Writer {
        final int[] next;
        final List<Flight> flights = new ArrayList<>();
        final ActiveChannels channels;
        int resequenced;

        Writer(int[] committed, int remembered) {
            this.next = committed.clone();
            this.channels = new ActiveChannels(remembered);
        }

        List<LogState> states(int most) {
            return flights.stream().limit(most).map(Flight::state).toList();
        }
    }

    /** Writers over one store, and what they announced. */
    private static final class Run {
        final MemoryLog log = new MemoryLog();
        final Map<Keys.OfSeq, String> announced = new HashMap<>();
        private final Sequencer sequencer = new Sequencer(Policies.shipped());
        private final List<List<CommandRecord>> partitions;
        private final int[] committed = new int[2];
        private final List<Writer> asleep = new ArrayList<>();
        private final int remembered;
        private Writer writer;

        Run(List<List<CommandRecord>> partitions, int remembered) {
            this.partitions = partitions;
            this.remembered = remembered;
            this.writer = newWriter();
        }

        private Writer newWriter() {
            return new Writer(committed, remembered);
        }

        void take(Step step) {
            switch (step.fate()) {
                case IN_FLIGHT, IN_FLIGHT_AS_ANOTHER_IS_STORED, IN_FLIGHT_BEFORE_ANOTHER_IS_STORED ->
                    sequenceOverInFlight(writer, step);
                case STORE_ONE -> store(writer, 1);
                case STORE_ALL -> store(writer, writer.flights.size());
                case FORGET -> writer.channels.forgetAll();
                case LEARN_IDS -> learnIds(writer);
                case CRASH -> writer = newWriter();
                case CRASH_AFTER_STORE -> crashAfterStore(writer.flights.size());
                case CRASH_AFTER_STORE_OF_ONE -> crashAfterStore(1);
                case SLEEP -> {
                    asleep.add(writer);
                    writer = newWriter();
                }
                case WAKE -> {
                    if (!asleep.isEmpty()) {
                        Writer late = asleep.removeFirst();
                        sequenceOverInFlight(late, step);
                        store(late, late.flights.size());
                        asleep.add(late);
                    }
                }
            }
        }

        void finish() {
            for (int partition = 0; partition < partitions.size(); partition++) {
                while (writer.next[partition] < partitions.get(partition).size()) {
                    take(new Step(partition, 3, Fate.IN_FLIGHT));
                }
            }
            store(writer, writer.flights.size());
            asleep.forEach(late -> store(late, late.flights.size()));
        }

        private void sequenceOverInFlight(Writer of, Step step) {
            List<CommandRecord> partition = partitions.get(step.partition());
            int from = of.next[step.partition()];
            List<CommandRecord> batch = partition.subList(from, Math.min(partition.size(), from + step.size()));
            if (batch.isEmpty()) {
                return;
            }
            Touched touched = Touched.by(batch);
            List<LogState> before = of.states(of.flights.size());
            int settled = of.resequenced;
            if (step.fate() == Fate.IN_FLIGHT_AS_ANOTHER_IS_STORED) {
                store(of, 1);
            }
            Touched unknown = of.channels.findUnknown(touched);
            LogState loaded = log.load(unknown);
            if (step.fate() == Fate.IN_FLIGHT_BEFORE_ANOTHER_IS_STORED) {
                store(of, 1);
            }
            if (settled != of.resequenced) {
                return;
            }
            of.next[step.partition()] += batch.size();
            Optional<LogState> state = InFlightState.over(unknown, loaded, before)
                    .flatMap(found -> of.channels.complete(touched, unknown, found));
            if (state.isEmpty()) {
                store(of, of.flights.size());
                of.channels.forgetAll();
                settle(new Flight(step.partition(), batch, loaded), of);
                return;
            }
            sequencer.sequence(state.get(), batch).forEach(this::announce);
            of.flights.add(new Flight(step.partition(), batch, state.get()));
            of.channels.remember(touched, unknown, state.get());
            of.channels
                    .takeWorthReading()
                    .forEach(channel ->
                            of.channels.learnIds(channel, log.clientIds(channel).orElseThrow(), before));
        }

        private void learnIds(Writer of) {
            List<LogState> before = of.states(of.flights.size());
            CHANNELS.forEach(channel ->
                    of.channels.learnIds(channel, log.clientIds(channel).orElseThrow(), before));
        }

        /** In one write; if that is refused, one after the other from what the store holds. */
        private void store(Writer of, int most) {
            List<Flight> stored = new ArrayList<>(of.flights.subList(0, Math.min(most, of.flights.size())));
            if (stored.isEmpty()) {
                return;
            }
            if (log.append(LogState.merged(of.states(stored.size()))) instanceof Append.Stored) {
                of.flights.removeAll(stored);
                stored.forEach(flight -> commit(flight, of));
            } else {
                of.resequenced++;
                of.channels.forgetAll();
                of.flights.forEach(flight -> settle(flight, of));
                of.flights.clear();
            }
        }

        private void settle(Flight flight, Writer of) {
            LogState state = log.load(Touched.by(flight.batch()));
            sequencer.sequence(state, flight.batch()).forEach(this::announce);
            assertThat(log.append(state)).isEqualTo(Append.STORED);
            commit(flight, of);
        }

        private void crashAfterStore(int most) {
            Writer dead = writer;
            writer = newWriter();
            store(dead, most);
        }

        private void commit(Flight flight, Writer by) {
            if (by == writer) {
                committed[flight.partition()] =
                        (int) flight.batch().getLast().position().offset() + 1;
            }
        }

        private void announce(Sequenced sequenced) {
            if (sequenced.outcome() instanceof Outcome.Appended appended) {
                LoggedEvent logged = appended.logged();
                String before = announced.put(
                        new Keys.OfSeq(logged.event().channel(), logged.event().seq()), text(logged));
                if (before != null) {
                    assertThat(text(logged)).isEqualTo(before);
                }
            }
        }
    }

    @Provide
    Arbitrary<List<Act>> acts() {
        Arbitrary<UserId> user = Arbitraries.of(USERS);
        Arbitrary<Operation> operation = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of("1", "2", "3", "4").map(SequencerPropertyTest::publish)),
                Tuple.of(2, seq().map(Delete::new)),
                Tuple.of(2, seq().map(seq -> new Edit(seq, TextNode.valueOf("edited"), null))),
                Tuple.of(
                        3,
                        Combinators.combine(seq(), Arbitraries.of("+1", "-1"), Arbitraries.of(true, false))
                                .as((seq, emoji, remove) -> new React(seq, new Emoji(emoji), remove))),
                Tuple.of(
                        2,
                        Combinators.combine(Arbitraries.of(Mark.Kind.class), seq())
                                .as(Mark::new)),
                Tuple.of(
                        3,
                        Combinators.combine(user, Arbitraries.of(Role.class), user.injectNull(0.5))
                                .as(AddMember::new)),
                Tuple.of(2, Combinators.combine(user, user.injectNull(0.5)).as(RemoveMember::new)),
                Tuple.of(1, user.map(member -> new CreateChannel(null, List.of(member)))));
        return Combinators.combine(
                        Arbitraries.integers().between(0, CHANNELS.size() - 1),
                        Arbitraries.integers().between(0, USERS.size() - 1),
                        operation)
                .as(Act::new)
                .filter(SequencerPropertyTest::isModelled)
                .list()
                .ofMaxSize(60);
    }

    /** Nothing, so little that channels are forgotten all the time, and all. */
    @Provide
    Arbitrary<Integer> memories() {
        return Arbitraries.of(0, 12, 30, 10_000);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.of(Fate.class))
                .as(Step::new)
                .list()
                .ofMaxSize(40);
    }

    private static Arbitrary<Long> seq() {
        return Arbitraries.longs().between(1, 6);
    }

    /** The plain model knows members of groups only. */
    private static boolean isModelled(Act act) {
        boolean ofMembers = act.operation() instanceof AddMember
                || act.operation() instanceof RemoveMember
                || act.operation() instanceof CreateChannel;
        return !ofMembers || CHANNELS.get(act.channel()).namespace().equals("group");
    }

    private static List<List<CommandRecord>> records(List<Act> acts) {
        List<List<CommandRecord>> partitions = List.of(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < acts.size(); i++) {
            Act act = acts.get(i);
            int partition = act.channel() % 2;
            List<CommandRecord> records = partitions.get(partition);
            records.add(new CommandRecord(
                    new LogPosition(partition, records.size()),
                    1_000L + i,
                    new TraceId(1, i + 1),
                    new ChannelCommand(
                            CHANNELS.get(act.channel()), USERS.get(act.user()), Grant.NONE, null, act.operation())));
        }
        return partitions;
    }

    private static Operation publish(String id) {
        return new Publish(new ClientMessageId(id), TextNode.valueOf("text of " + id), null);
    }

    private static String what(ServerFrame.LogEvent event) {
        return switch (event) {
            case ServerFrame.Message message -> "message " + message.from() + " " + message.id();
            case ServerFrame.Deleted deleted -> "deleted " + deleted.target();
            case ServerFrame.MemberJoined joined -> "joined " + joined.user();
            case ServerFrame.MemberLeft left -> "left " + left.user();
            case ServerFrame.Edited edited -> "edited " + edited.target();
            case ServerFrame.Reacted reacted ->
                "reacted " + reacted.target() + " " + reacted.emoji() + " " + !Boolean.TRUE.equals(reacted.remove());
        };
    }

    private static String text(LoggedEvent logged) {
        return new String(logged.frame(), StandardCharsets.UTF_8);
    }
}
