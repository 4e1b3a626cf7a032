package dev.dunlin.message.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.message.command.StaleLog;
import dev.dunlin.message.testing.MemoryLog;
import dev.dunlin.message.testing.Policies;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.AddMember;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.Delete;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.Operation;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import dev.dunlin.protocol.kafka.ChannelCommand.RemoveMember;
import dev.dunlin.protocol.kafka.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** However the log is cut into batches, and whenever writers crash, come again or do not know that they are dead: the numbering is that of {@link PlainModel}. */
class SequencerPropertyTest {
    private static final List<ChannelName> CHANNELS =
            List.of(new ChannelName("room:a"), new ChannelName("group:b"), new ChannelName("room:c"));
    private static final List<UserId> USERS = List.of(new UserId("ann"), new UserId("ben"), new UserId("cas"));

    /** What happens to the writer with a batch of the next {@code size} records of a partition. */
    record Step(int partition, int size, Fate fate) {}

    enum Fate {
        DONE,
        CRASH_BEFORE_STORE,
        CRASH_AFTER_STORE,
        CRASH_BEFORE_FAN_OUT,
        /** It has loaded and told, and sleeps. */
        SLEEP,
        /** The one that slept longest goes on, whatever was done meanwhile. */
        WAKE
    }

    record Act(int channel, int user, Operation operation) {}

    @Property(tries = 1_000)
    void theNumberingIsThatOfThePlainModel(@ForAll("acts") List<Act> acts, @ForAll("steps") List<Step> steps) {
        List<List<CommandRecord>> partitions = records(acts);
        PlainModel model = new PlainModel();
        partitions.forEach(partition -> partition.forEach(model::apply));

        Run run = new Run(partitions);
        steps.forEach(run::take);
        run.finish();

        for (ChannelName channel : CHANNELS) {
            List<LoggedEvent> events = run.log.events(channel);
            assertThat(events)
                    .extracting(logged -> new PlainModel.Entry(logged.position(), what(logged.event())))
                    .isEqualTo(model.log(channel));
            for (int i = 0; i < events.size(); i++) {
                assertThat(events.get(i).event().seq()).isEqualTo(i + 1);
                assertThat(run.told.get(new Keys.OfSeq(channel, i + 1))).isEqualTo(text(events.get(i)));
            }
        }
        assertThat(run.told)
                .hasSize(CHANNELS.stream().mapToInt(c -> model.log(c).size()).sum());
    }

    /** Writers over one store, and what they told. */
    private static final class Run {
        final MemoryLog log = new MemoryLog();
        final Map<Keys.OfSeq, String> told = new HashMap<>();
        private final Sequencer sequencer = new Sequencer(Policies.shipped());
        private final List<List<CommandRecord>> partitions;
        private final int[] committed = new int[2];
        private final List<LogState> asleep = new ArrayList<>();

        Run(List<List<CommandRecord>> partitions) {
            this.partitions = partitions;
        }

        void take(Step step) {
            List<CommandRecord> partition = partitions.get(step.partition());
            int from = committed[step.partition()];
            List<CommandRecord> batch = partition.subList(from, Math.min(partition.size(), from + step.size()));
            if (step.fate() == Fate.WAKE) {
                if (!asleep.isEmpty()) {
                    append(asleep.removeFirst());
                }
                return;
            }
            LogState state = log.load(Touched.by(batch));
            List<Sequenced> sequenced = sequencer.sequence(state, batch);
            if (step.fate() != Fate.CRASH_BEFORE_FAN_OUT) {
                sequenced.forEach(this::tell);
            }
            switch (step.fate()) {
                case DONE -> {
                    append(state);
                    committed[step.partition()] += batch.size();
                }
                case CRASH_AFTER_STORE, CRASH_BEFORE_FAN_OUT -> append(state);
                case SLEEP -> asleep.add(state);
                case CRASH_BEFORE_STORE, WAKE -> {}
            }
        }

        void finish() {
            for (int partition = 0; partition < partitions.size(); partition++) {
                while (committed[partition] < partitions.get(partition).size()) {
                    take(new Step(partition, 3, Fate.DONE));
                }
            }
            asleep.forEach(this::append);
        }

        private void append(LogState state) {
            try {
                log.append(state);
            } catch (StaleLog refused) {
                // it has to begin again, and then finds what was done
            }
        }

        private void tell(Sequenced sequenced) {
            if (sequenced.outcome() instanceof Outcome.Appended appended) {
                LoggedEvent logged = appended.logged();
                String before = told.put(
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
                Tuple.of(2, Arbitraries.longs().between(1, 6).map(Delete::new)),
                Tuple.of(1, user.map(member -> new AddMember(member, Role.MEMBER))),
                Tuple.of(1, user.map(RemoveMember::new)),
                Tuple.of(1, user.map(member -> new CreateChannel(null, List.of(member)))));
        return Combinators.combine(
                        Arbitraries.integers().between(0, CHANNELS.size() - 1),
                        Arbitraries.integers().between(0, USERS.size() - 1),
                        operation)
                .as(Act::new)
                .filter(SequencerPropertyTest::isModelled)
                .list()
                .ofMaxSize(40);
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
            case ServerFrame.Edited edited -> throw new AssertionError(edited);
            case ServerFrame.Reacted reacted -> throw new AssertionError(reacted);
        };
    }

    private static String text(LoggedEvent logged) {
        return new String(logged.frame(), StandardCharsets.UTF_8);
    }
}
