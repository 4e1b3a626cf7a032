package dev.dunlin.message.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.message.command.DeadLetters.Reason;
import dev.dunlin.message.sequencer.CommandRecord;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.message.sequencer.LoggedEvent;
import dev.dunlin.message.sequencer.Sequencer;
import dev.dunlin.message.testing.Kept;
import dev.dunlin.message.testing.Policies;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.AddMember;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.Operation;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import dev.dunlin.protocol.kafka.ChannelCommand.ReplyTo;
import dev.dunlin.protocol.kafka.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of a batch when the store is away, refuses, or belongs to somebody else by now. */
class CommandProcessorTest {
    private static final UserId ALICE = new UserId("alice");
    private static final UserId EVE = new UserId("eve");
    private static final ChannelName ROOM = new ChannelName("room:lobby");
    private static final ChannelName GROUP = new ChannelName("group:eng");

    private final TroubledLog log = new TroubledLog();
    private final RecordingBus bus = new RecordingBus();
    private final List<EventStream.Entry> streamed = new ArrayList<>();
    private final Observed observed = new Observed();
    private final Kept kept = new Kept();
    private final CommandProcessor processor = processor(log, bus, observed);
    private long offset;

    private CommandProcessor processor(ChannelLog store, Bus to, BatchObserver observer) {
        LogPorts ports = new LogPorts(
                new Sequencer(Policies.shipped()),
                store,
                to,
                streamed::addAll,
                channel -> true,
                observer,
                new Retry(Duration.ofMillis(1), Duration.ofMillis(2)));
        return new CommandProcessor(ports, Duration.ZERO, 1_000);
    }

    @Test
    void eventsAreAnnouncedBesideTheStoreAndRepliesAfterIt() {
        log.before = state -> {
            assertThat(bus.frames("ch:")).hasSize(2);
            assertThat(bus.frames("node:")).isEmpty();
            assertThat(streamed).isEmpty();
        };

        process(publish(ALICE, ROOM, "a"), publish(ALICE, ROOM, "b"));

        assertThat(announced(ROOM)).containsExactly(1L, 2L);
        assertThat(bus.frames("node:")).hasSize(2).allMatch(ServerFrame.Ack.class::isInstance);
        assertThat(streamed).hasSize(2);
    }

    @Test
    void aBatchThatTheStoreTakesAtTheThirdTryIsAnnouncedOnce() {
        AtomicInteger tries = new AtomicInteger();
        log.before = state -> {
            if (tries.incrementAndGet() < 3) {
                throw unreachable();
            }
        };

        process(publish(ALICE, ROOM, "a"));

        assertThat(announced(ROOM)).containsExactly(1L);
        assertThat(stored(ROOM)).containsExactly(1L);
        assertThat(observed.retries).hasSize(2);
    }

    @Test
    void aStoreThatTookABatchAndDidNotSaySoIsRecognised() {
        AtomicInteger stores = new AtomicInteger();
        log.after = state -> {
            if (stores.incrementAndGet() == 1) {
                throw unreachable();
            }
        };

        process(publish(ALICE, ROOM, "a"), publish(ALICE, ROOM, "b"));

        assertThat(announced(ROOM)).containsExactly(1L, 2L);
        assertThat(stored(ROOM)).containsExactly(1L, 2L);
        assertThat(bus.frames("node:")).hasSize(2).allMatch(ServerFrame.Ack.class::isInstance);
        assertThat(observed.diverged).isZero();
    }

    @Test
    void whatAProcessWithoutItsPartitionTellsIsWhatTheLogHolds() {
        CommandRecord first = publish(ALICE, ROOM, "a");
        CommandRecord second = publish(EVE, ROOM, "b");
        RecordingBus heirs = new RecordingBus();
        AtomicInteger stores = new AtomicInteger();
        // Between this one's load and its append, another process does the same records and more.
        log.before = state -> {
            if (stores.getAndIncrement() == 0) {
                processor(log.log, heirs, new Observed())
                        .process(List.of(first, second, publish(ALICE, ROOM, "c")), kept);
            }
        };

        process(first, second);

        assertThat(announced(ROOM)).containsExactly(1L, 2L);
        assertThat(bus.frames("ch:")).isEqualTo(heirs.frames("ch:").subList(0, 2));
        assertThat(stored(ROOM)).containsExactly(1L, 2L, 3L);
        assertThat(observed.diverged).isZero();
    }

    @Test
    void whatTheStoreRefusesIsDeadLetteredAndItsSeqIsBurnt() {
        refuse("poison");

        process(
                publish(ALICE, ROOM, "a"),
                publish(ALICE, ROOM, "b"),
                publish(EVE, ROOM, "poison"),
                publish(ALICE, ROOM, "c"),
                publish(ALICE, ROOM, "d"));

        assertThat(kept.letters()).singleElement().satisfies(letter -> {
            assertThat(letter.position().offset()).isEqualTo(2);
            assertThat(letter.reason()).isEqualTo(Reason.REFUSED);
            assertThat(letter.explanation()).contains("no poison");
        });
        assertThat(stored(ROOM)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(log.log.events(ROOM).get(2).event()).isEqualTo(new ServerFrame.Deleted(ROOM, 3, 3, EVE, 1_002));
        assertThat(idsOf(ROOM)).containsExactly("a", "b", "c", "d");
        List<ServerFrame> replies = bus.frames("node:");
        assertThat(replies).hasSize(5);
        assertThat(replies.get(2))
                .isInstanceOfSatisfying(
                        ServerFrame.ErrorReply.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.INTERNAL));
        assertThat(replies.stream().filter(ServerFrame.Ack.class::isInstance)).hasSize(4);
        assertThat(observed.diverged).isZero();
    }

    @Test
    void noSeqIsAnnouncedForTwoDifferentEventsExceptABurntOne() {
        refuse("poison");

        process(publish(ALICE, ROOM, "a"), publish(EVE, ROOM, "poison"), publish(ALICE, ROOM, "c"));

        assertThat(announced(ROOM)).containsExactly(1L, 2L, 3L, 2L);
        assertThat(bus.frames("ch:").getLast()).isInstanceOf(ServerFrame.Deleted.class);
    }

    @Test
    void aReplayOfABurntRecordFailsAgainAndIsNotDeadLetteredTwice() {
        refuse("poison");
        CommandRecord poison = publish(EVE, ROOM, "poison");
        process(poison);

        process(poison);

        assertThat(kept.letters()).hasSize(1);
        assertThat(bus.frames("node:")).hasSize(2).allMatch(ServerFrame.ErrorReply.class::isInstance);
        assertThat(stored(ROOM)).containsExactly(1L);
    }

    @Test
    void anIdWhoseMessageWasRefusedMayBePublishedAgain() {
        refuse("poison");
        process(publish(EVE, ROOM, "poison"));
        log.before = state -> {};

        process(publish(EVE, ROOM, "poison"));

        assertThat(stored(ROOM)).containsExactly(1L, 2L);
        assertThat(idsOf(ROOM)).containsExactly("poison");
    }

    @Test
    void whatDependedOnARefusedRecordKeepsItsSeqFromOthers() {
        process(record(ALICE, GROUP, new CreateChannel(null, List.of())));
        log.before = state -> state.appended().forEach(logged -> {
            if (logged.event() instanceof ServerFrame.MemberJoined) {
                throw new RefusedData("no members", new IllegalStateException());
            }
        });

        process(
                record(ALICE, GROUP, new AddMember(EVE, Role.MEMBER)),
                publish(EVE, GROUP, "as-a-member"),
                publish(ALICE, GROUP, "b"));

        assertThat(stored(GROUP)).containsExactly(1L, 2L, 3L);
        assertThat(idsOf(GROUP)).containsExactly("b");
        assertThat(kept.letters()).hasSize(2);
        assertThat(observed.diverged).isZero();
    }

    @Test
    void whatIsRefusedWithoutAnEventTakesNoSeq() {
        log.before = state -> {
            if (state.channels().changes().containsKey(GROUP)) {
                throw new RefusedData("no groups", new IllegalStateException());
            }
        };

        process(
                publish(ALICE, ROOM, "a"),
                record(ALICE, GROUP, new CreateChannel(null, List.of())),
                publish(ALICE, ROOM, "b"));

        assertThat(stored(ROOM)).containsExactly(1L, 2L);
        assertThat(kept.letters()).extracting(Kept.Letter::position).containsExactly(new LogPosition(0, 1));
        assertThat(log.log.events(GROUP)).isEmpty();
    }

    @Test
    void aRecordThatThisServiceCannotWorkOutIsDeadLetteredAndNotAnnounced() {
        // A replay with an event in the store that cannot be read would be such a thing; here it is
        // the log that fails
        // on one record.
        log.before = state -> state.appended().forEach(logged -> {
            if (text(logged).contains("\"poison\"")) {
                throw new IllegalStateException("a bug");
            }
        });

        process(publish(ALICE, ROOM, "a"), publish(EVE, ROOM, "poison"), publish(ALICE, ROOM, "c"));

        assertThat(kept.letters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.reason()).isEqualTo(Reason.FAILED));
        assertThat(stored(ROOM)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aSeqThatCannotBeBurntIsCountedAndTheRestGoesOn() {
        log.before = state -> state.appended().forEach(logged -> {
            if (logged.event().by().equals(EVE)) {
                throw new RefusedData("nothing of eve's", new IllegalStateException());
            }
        });

        process(publish(ALICE, ROOM, "a"), publish(EVE, ROOM, "poison"), publish(ALICE, ROOM, "c"));

        assertThat(stored(ROOM)).containsExactly(1L, 2L);
        assertThat(idsOf(ROOM)).containsExactly("a", "c");
        assertThat(observed.diverged).isEqualTo(1);
    }

    private void refuse(String id) {
        log.before = state -> {
            if (state.messages().changes().values().stream()
                    .flatMap(Optional::stream)
                    .anyMatch(message -> message.id().value().equals(id))) {
                throw new RefusedData("no " + id, new IllegalStateException());
            }
        };
    }

    private static StoreFailure unreachable() {
        return new StoreFailure("away", new IllegalStateException());
    }

    private void process(CommandRecord... batch) {
        processor.process(List.of(batch), kept);
    }

    private List<Long> announced(ChannelName channel) {
        return bus.frames("ch:" + channel).stream()
                .map(frame -> ((ServerFrame.LogEvent) frame).seq())
                .toList();
    }

    private List<Long> stored(ChannelName channel) {
        return log.log.events(channel).stream()
                .map(logged -> logged.event().seq())
                .toList();
    }

    private List<String> idsOf(ChannelName channel) {
        return log.log.events(channel).stream()
                .map(LoggedEvent::event)
                .filter(ServerFrame.Message.class::isInstance)
                .map(event -> ((ServerFrame.Message) event).id().value())
                .toList();
    }

    private static String text(LoggedEvent logged) {
        return new String(logged.frame(), StandardCharsets.UTF_8);
    }

    private CommandRecord publish(UserId user, ChannelName channel, String id) {
        return record(user, channel, new Publish(new ClientMessageId(id), TextNode.valueOf("hi"), null));
    }

    private CommandRecord record(UserId user, ChannelName channel, Operation operation) {
        long at = offset++;
        ReplyTo replyTo = new ReplyTo(new NodeId("node"), new SessionId("session"), Ref.of(at));
        return new CommandRecord(
                new LogPosition(0, at),
                1_000 + at,
                new TraceId(1, at + 1),
                new ChannelCommand(channel, user, Grant.NONE, replyTo, operation));
    }
}
