package dev.dunlin.message.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.message.sequencer.CommandRecord;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.message.sequencer.LoggedEvent;
import dev.dunlin.message.sequencer.Sequencer;
import dev.dunlin.message.testing.Kept;
import dev.dunlin.message.testing.Policies;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.Delete;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.Operation;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import dev.dunlin.protocol.kafka.ChannelCommand.React;
import dev.dunlin.protocol.kafka.ChannelCommand.ReplyTo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/**
 * Batches that are announced while others before them are being stored, and what becomes of them
 * when those others fail.
 */
class PipelineTest {
    private static final UserId ALICE = new UserId("alice");
    private static final ChannelName ROOM = new ChannelName("room:lobby");
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final TroubledLog log = new TroubledLog();
    private final RecordingBus bus = new RecordingBus();
    private final List<EventStream.Entry> streamed = new CopyOnWriteArrayList<>();
    private final Observed observed = new Observed();
    private final Kept kept = new Kept();
    private final Retry retry = new Retry(Duration.ofMillis(1), Duration.ofMillis(2));
    private final CommandProcessor processor = processor(log, bus, retry);
    /** The first write waits until this opens. */
    private final CountDownLatch open = new CountDownLatch(1);

    private long offset;

    private CommandProcessor processor(ChannelLog store, Bus to, Retry tries) {
        LogPorts ports = new LogPorts(
                new Sequencer(Policies.shipped()), store, to, streamed::addAll, channel -> true, observed, tries);
        return new CommandProcessor(ports, Duration.ZERO, 1_000);
    }

    @Test
    void whatComesWhileABatchIsBeingStoredIsAnnouncedAndThenStoredInOneWrite() throws Exception {
        hold();
        Batch first = take(publish("a"));
        await().atMost(DEADLINE).until(() -> announced().equals(List.of(1L)));
        Batch second = take(publish("b"), publish("a"));
        Batch third = take(record(new Delete(2)));

        await().atMost(DEADLINE).until(() -> announced().equals(List.of(1L, 2L, 3L)));
        assertThat(processor.inFlight()).isEqualTo(3);
        assertThat(bus.frames("node:")).as("acks").isEmpty();
        assertThat(streamed).isEmpty();
        open.countDown();

        over(first, second, third);
        assertThat(stored()).containsExactly(1L, 2L, 3L);
        assertThat(announced()).containsExactly(1L, 2L, 3L);
        assertThat(bus.frames("node:"))
                .extracting(frame -> ((ServerFrame.Ack) frame).seq())
                .as("the second a is the first one")
                .containsExactly(1L, 2L, 1L, 3L);
        assertThat(streamed).hasSize(3);
        assertThat(observed.writes).containsExactly(1, 2);
        assertThat(processor.inFlight()).isZero();
    }

    @Test
    void aRecordThatIsRefusedBurnsItsSeqAndThoseAnnouncedOverItKeepTheirs() throws Exception {
        hold();
        Batch first = take(publish("a"), publish("poison"));
        Batch second = take(publish("c"));
        Batch third = take(publish("d"));
        await().atMost(DEADLINE).until(() -> announced().size() == 4);
        refuse("poison");
        open.countDown();

        over(first, second, third);
        assertThat(stored()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(ids()).containsExactly("a", "c", "d");
        assertThat(announced()).as("and the burnt one").containsExactly(1L, 2L, 3L, 4L, 2L);
        assertThat(kept.letters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.position().offset()).isEqualTo(1));
        assertThat(observed.diverged).isZero();
    }

    @Test
    void aRefusedRecordInTheMiddleOfWhatWaitsBurnsItsSeqAlone() throws Exception {
        hold();
        Batch first = take(publish("a"));
        await().atMost(DEADLINE).until(() -> announced().size() == 1);
        Batch second = take(publish("b"), publish("poison"), publish("c"));
        Batch third = take(publish("d"));
        await().atMost(DEADLINE).until(() -> announced().size() == 5);
        refuse("poison");
        open.countDown();

        over(first, second, third);
        assertThat(stored()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(ids()).containsExactly("a", "b", "c", "d");
        assertThat(observed.diverged).isZero();
        over(take(publish("e")));
        assertThat(announced().getLast()).as("and the pipeline continues").isEqualTo(6);
    }

    @Test
    void whatAnotherProcessStoredMeanwhileIsAnnouncedOnceAndTheSame() throws Exception {
        CommandRecord a = publish("a");
        CommandRecord b = publish("b");
        CommandRecord c = publish("c");
        hold();
        Batch first = take(a);
        Batch second = take(b);
        Batch third = take(c);
        await().atMost(DEADLINE).until(() -> announced().size() == 3);
        RecordingBus heirs = new RecordingBus();
        processor(log.log, heirs, retry).process(List.of(a, b), kept);
        open.countDown();

        over(first, second, third);
        assertThat(stored()).containsExactly(1L, 2L, 3L);
        assertThat(announced()).containsExactly(1L, 2L, 3L);
        assertThat(bus.frames("ch:").subList(0, 2)).isEqualTo(heirs.frames("ch:"));
        assertThat(observed.diverged).isZero();
    }

    @Test
    void nothingIsNumberedByAMixtureOfAnotherProcessesStateAndItsOwn() throws Exception {
        CommandRecord a = publish("a");
        CommandRecord b = publish("b");
        CommandRecord c = publish("c");
        hold();
        Batch first = take(a);
        await().atMost(DEADLINE).until(() -> announced().size() == 1);
        // Beside the message of a, which this one has on its way, the store holds those of b and c
        // by now: they are not
        // duplicates.
        processor(log.log, new RecordingBus(), retry).process(List.of(a, b, c), kept);
        Batch second = take(b);
        Batch third = take(c);
        open.countDown();

        over(first, second, third);
        assertThat(stored()).containsExactly(1L, 2L, 3L);
        assertThat(bus.frames("node:"))
                .extracting(frame -> ((ServerFrame.Ack) frame).seq())
                .containsExactly(1L, 2L, 3L);
        assertThat(announced()).as("seen again, announced again, the same").containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatADeadProcessAnnouncedAndDidNotStoreIsWhatItsHeirStores() {
        log.before = state -> {
            throw new StoreFailure("away", new IllegalStateException());
        };
        CommandRecord[] records = {publish("a"), publish("b"), publish("c"), publish("d")};
        List<Batch> batches = List.of(take(records[0]), take(records[1], records[2]), take(records[3]));
        await().atMost(DEADLINE).until(() -> announced().size() == 4);

        retry.stop();

        await().atMost(DEADLINE)
                .until(() -> batches.stream().allMatch(batch -> batch.done().state() == Future.State.FAILED));
        assertThat(stored()).isEmpty();
        assertThat(bus.frames("node:")).isEmpty();
        RecordingBus heirs = new RecordingBus();
        processor(log.log, heirs, new Retry(Duration.ofMillis(1), Duration.ofMillis(2)))
                .process(List.of(records), kept);
        assertThat(heirs.frames("ch:")).isEqualTo(bus.frames("ch:"));
        assertThat(stored()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aStoreThatCannotBeLoadedFromWhileItIsWrittenIsNot() throws Exception {
        log.besideAppends = false;
        hold();
        Batch first = take(publish("a"));
        Batch second = take(record(new React(1, new Emoji("+1"), false)));

        assertThat(wait(second, Duration.ofMillis(100))).isFalse();
        assertThat(announced()).containsExactly(1L);
        open.countDown();

        over(first, second);
        assertThat(stored()).containsExactly(1L, 2L);
    }

    @Test
    void whatAnEarlierBatchLeftIsNotLoadedAgainUntilPartitionsMove() throws Exception {
        log.besideAppends = false;
        over(take(publish("a")));
        assertThat(log.loads).hasValue(1);
        hold();

        Batch second = take(publish("b"), publish("a"));
        assertThat(second.sequenced()).as("on the caller's thread").isCompleted();
        Batch third = take(record(new Delete(1)));
        assertThat(third.sequenced()).isCompleted();
        open.countDown();
        over(second, third);
        assertThat(log.loads).hasValue(1);
        assertThat(processor.remembered()).isPositive();

        processor.forgetChannels();
        over(take(publish("c")));
        assertThat(log.loads).hasValue(2);
        assertThat(stored()).containsExactly(1L, 2L, 3L, 4L);
    }

    /** Holds the first write. */
    private void hold() {
        log.before = state -> {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
    }

    /** From now on; writes that are held are judged when they continue. */
    private void refuse(String id) {
        log.refuse = state -> state.messages().changes().values().stream()
                .flatMap(Optional::stream)
                .anyMatch(message -> message.id().value().equals(id));
    }

    private Batch take(CommandRecord... records) {
        return processor.take(new Batch(List.of(records), List.of(), kept));
    }

    private static void over(Batch... batches) throws Exception {
        for (Batch batch : batches) {
            batch.done().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static boolean wait(Batch batch, Duration time) throws InterruptedException, ExecutionException {
        try {
            batch.sequenced().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private List<Long> announced() {
        return bus.frames("ch:").stream()
                .map(frame -> ((ServerFrame.LogEvent) frame).seq())
                .toList();
    }

    private List<Long> stored() {
        return log.log.events(ROOM).stream().map(logged -> logged.event().seq()).toList();
    }

    private List<String> ids() {
        return log.log.events(ROOM).stream()
                .map(LoggedEvent::event)
                .filter(ServerFrame.Message.class::isInstance)
                .map(event -> ((ServerFrame.Message) event).id().value())
                .toList();
    }

    private CommandRecord publish(String id) {
        return record(new Publish(new ClientMessageId(id), TextNode.valueOf("hi"), null));
    }

    private CommandRecord record(Operation operation) {
        long at = offset++;
        ReplyTo replyTo = new ReplyTo(new NodeId("node"), new SessionId("session"), Ref.of(at));
        return new CommandRecord(
                new LogPosition(0, at),
                1_000 + at,
                new TraceId(1, at + 1),
                new ChannelCommand(ROOM, ALICE, Grant.NONE, replyTo, operation));
    }
}
