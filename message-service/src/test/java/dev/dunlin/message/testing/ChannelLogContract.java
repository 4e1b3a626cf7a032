package dev.dunlin.message.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.message.command.Append;
import dev.dunlin.message.command.ChannelLog;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.message.sequencer.CommandRecord;
import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.MarkState;
import dev.dunlin.message.sequencer.MemberState;
import dev.dunlin.message.sequencer.MessageState;
import dev.dunlin.message.sequencer.Outcome;
import dev.dunlin.message.sequencer.ReactionState;
import dev.dunlin.message.sequencer.Sequencer;
import dev.dunlin.message.sequencer.Touched;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.AddMember;
import dev.dunlin.protocol.kafka.ChannelCommand.Delete;
import dev.dunlin.protocol.kafka.ChannelCommand.Edit;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.Mark;
import dev.dunlin.protocol.kafka.ChannelCommand.Operation;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import dev.dunlin.protocol.kafka.ChannelCommand.React;
import dev.dunlin.protocol.kafka.ChannelCommand.RemoveMember;
import dev.dunlin.protocol.kafka.Role;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ChannelLog} keeps: what was appended is loaded again, and a state that is not
 * the newest cannot be appended.
 */
public abstract class ChannelLogContract {
    private static final UserId ALICE = new UserId("alice");
    private static final Emoji THUMB = new Emoji("👍");

    private final ChannelName room =
            new ChannelName("room:" + UUID.randomUUID().toString().substring(0, 8));
    private final Sequencer sequencer = new Sequencer(Policies.shipped());
    private long offset;

    /** The log under test. */
    protected abstract ChannelLog log();

    @Test
    public void aChannelIsLoadedAsItWasLeft() {
        LogState state = sequenced(publish("a"), publish("b"));
        Epoch epoch = Objects.requireNonNull(state.channels().changes().get(room))
                .orElseThrow()
                .epoch();
        log().append(state);

        ChannelState channel = load(publish("c")).channels().before(room).orElseThrow();

        assertThat(channel)
                .isEqualTo(new ChannelState(
                        room, epoch, null, 2, false, 1_000, 1_001, new LogPosition(3, 0), new LogPosition(3, 1)));
    }

    @Test
    public void aMessageIsLoadedByItsSeqAndByItsClientId() {
        append(publish("a"));
        MessageState expected = new MessageState(
                ALICE, new ClientMessageId("a"), 1_000, null, null, null, false, new LogPosition(3, 0));

        assertThat(load(publish("a")).messages().before(new Keys.OfSeq(room, 1)))
                .get()
                .usingRecursiveComparison()
                .ignoringFields("data", "mentions", "words")
                .isEqualTo(expected);
        assertThat(load(new Delete(1)).messages().before(new Keys.OfSeq(room, 1)))
                .get()
                .usingRecursiveComparison()
                .ignoringFields("data", "mentions", "words")
                .isEqualTo(expected);
    }

    @Test
    public void theClientIdsOfAChannelAreAllOfThem() {
        append(publish("a"), publish("b"));
        append(new Delete(2));

        log().clientIds(room)
                .ifPresent(ids -> assertThat(ids)
                        .containsExactlyInAnyOrder(
                                new Keys.OfClientId(room, ALICE, new ClientMessageId("a")),
                                new Keys.OfClientId(room, ALICE, new ClientMessageId("b"))));
        assertThat(log().clientIds(new ChannelName("room:unheard-of")).orElse(List.of()))
                .isEmpty();
    }

    @Test
    public void editsAndTombstonesAreKept() {
        append(publish("a"), publish("b"));
        append(new Edit(1, TextNode.valueOf("new")), new Delete(2));

        assertThat(load(new Delete(1))
                        .messages()
                        .before(new Keys.OfSeq(room, 1))
                        .orElseThrow()
                        .edited())
                .isEqualTo(1_002);
        assertThat(load(new Delete(2))
                        .messages()
                        .before(new Keys.OfSeq(room, 2))
                        .orElseThrow()
                        .deleted())
                .isTrue();
    }

    @Test
    public void membersReactionsAndMarksComeAndGo() {
        Keys.OfUser alice = new Keys.OfUser(room, ALICE);
        Keys.OfReaction reaction = new Keys.OfReaction(room, 1, ALICE, THUMB);
        Mark mark = new Mark(Mark.Kind.READ, 3);
        append(publish("a"), new AddMember(ALICE, Role.MEMBER), new React(1, THUMB, false), mark);

        assertThat(load(publish("b")).members().before(alice))
                .contains(new MemberState(Role.MEMBER, 1_001, 2, false, new LogPosition(3, 1)));
        assertThat(load(new React(1, THUMB, true)).reactions().before(reaction))
                .contains(new ReactionState(3, 1_002, new LogPosition(3, 2)));
        assertThat(load(mark).marks().before(alice)).contains(new MarkState(3, 3, new LogPosition(3, 3)));

        append(new RemoveMember(ALICE), new React(1, THUMB, true));

        assertThat(load(publish("b")).members().before(alice)).isEmpty();
        assertThat(load(new React(1, THUMB, true)).reactions().before(reaction)).isEmpty();
    }

    @Test
    public void whatCameAndWentInOneBatchIsNotThere() {
        append(
                publish("a"),
                new React(1, THUMB, false),
                new React(1, THUMB, true),
                new AddMember(ALICE, Role.MEMBER),
                new RemoveMember(ALICE));

        assertThat(load(new React(1, THUMB, true)).reactions().before(new Keys.OfReaction(room, 1, ALICE, THUMB)))
                .isEmpty();
        assertThat(load(publish("b")).members().before(new Keys.OfUser(room, ALICE)))
                .isEmpty();
    }

    @Test
    public void aProcessThatLostItsPartitionCannotAppend() {
        append(publish("a"));
        LogState zombies = sequenced(publish("b"));
        append(publish("c"));

        assertThat(log().append(zombies)).isInstanceOf(Append.Stale.class);
        assertThat(load(publish("b")).channels().before(room).orElseThrow().head())
                .isEqualTo(2);
    }

    @Test
    public void aStateThatWasAppendedCannotBeAppendedAgain() {
        append(publish("a"));
        LogState state = sequenced(publish("b"));
        log().append(state);

        // So it does not matter whether an append that seemed to fail was carried out: it is loaded
        // and sequenced
        // again, and found.
        assertThat(log().append(state)).isInstanceOf(Append.Stale.class);
    }

    @Test
    public void theEventsOfRecordsThatAreSeenAgainAreFoundByTheirPlace() {
        List<CommandRecord> batch = List.of(record(publish("a")), record(new Delete(9)), record(publish("b")));
        LogState first = log().load(Touched.by(batch));
        sequencer.sequence(first, batch);
        log().append(first);

        LogState again = log().load(Touched.by(batch));

        assertThat(sequencer.sequence(again, batch))
                .filteredOn(sequenced -> sequenced.outcome() instanceof Outcome.Appended)
                .extracting(sequenced -> ((Outcome.Appended) sequenced.outcome())
                        .logged()
                        .event()
                        .seq())
                .containsExactly(1L, 2L);
        assertThat(again.changed()).isFalse();
    }

    @Test
    public void aZombiesOtherChannelsStayAsTheyWere() {
        append(publish("a"));
        ChannelName other = new ChannelName(room + ".other");
        List<CommandRecord> batch = List.of(
                record(publish("b")),
                new CommandRecord(
                        new LogPosition(3, offset++),
                        1,
                        new TraceId(1, 1),
                        new ChannelCommand(other, ALICE, Grant.NONE, null, publish("c"))));
        LogState zombies = log().load(Touched.by(batch));
        sequencer.sequence(zombies, batch);
        append(publish("d"));

        assertThat(log().append(zombies)).isInstanceOf(Append.Stale.class);
        assertThat(log().load(Touched.by(batch))
                        .channels()
                        .before(room)
                        .orElseThrow()
                        .head())
                .isEqualTo(2);
    }

    @Test
    public void twoProcessesCannotBothCreateAChannel() {
        LogState zombies = sequenced(publish("a"));
        append(publish("b"));

        assertThat(log().append(zombies)).isInstanceOf(Append.Stale.class);
        assertThat(load(publish("a")).messages().before(new Keys.OfSeq(room, 1)))
                .isEmpty();
    }

    private void append(Operation... operations) {
        assertThat(log().append(sequenced(operations))).isEqualTo(Append.STORED);
    }

    private LogState sequenced(Operation... operations) {
        List<CommandRecord> batch =
                List.of(operations).stream().map(this::record).toList();
        LogState state = log().load(Touched.by(batch));
        sequencer.sequence(state, batch);
        return state;
    }

    private LogState load(Operation operation) {
        return log().load(Touched.by(List.of(record(operation))));
    }

    private CommandRecord record(Operation operation) {
        long at = offset++;
        return new CommandRecord(
                new LogPosition(3, at),
                1_000 + at,
                new TraceId(1, at + 1),
                new ChannelCommand(room, ALICE, Grant.NONE, null, operation));
    }

    private static Publish publish(String id) {
        return new Publish(new ClientMessageId(id), TextNode.valueOf("hi"), null);
    }
}
