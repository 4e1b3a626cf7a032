package dev.dunlin.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.message.command.Append;
import dev.dunlin.message.command.ChannelLog;
import dev.dunlin.message.command.CommandProcessor;
import dev.dunlin.message.namespace.Namespaces;
import dev.dunlin.message.sequencer.CommandRecord;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.Sequencer;
import dev.dunlin.message.sequencer.Touched;
import dev.dunlin.message.testing.Bus;
import dev.dunlin.message.testing.Database;
import dev.dunlin.message.testing.Kept;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.BusMessage;
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
import dev.dunlin.protocol.kafka.Role;
import io.agroal.api.AgroalDataSource;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a crash leaves: the same records are seen again, by this process or by another. */
@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class ReplayIT {
    @Inject
    CommandProcessor processor;

    @Inject
    ChannelLog log;

    @Inject
    Namespaces namespaces;

    @Inject
    RedisDataSource redis;

    @Inject
    AgroalDataSource dataSource;

    private final UserId alice = new UserId("alice");
    private final ChannelName room =
            new ChannelName("room:" + UUID.randomUUID().toString().substring(0, 8));
    private long offset;

    @Test
    void aBatchThatWasStoredButNotCommittedIsAnnouncedAgainWithTheSameSeqsAndFrames() throws Exception {
        List<CommandRecord> batch = List.of(
                record(publish("a")),
                record(publish("b")),
                record(new Edit(1, TextNode.valueOf("new"))),
                record(new React(2, new Emoji("+1"), false)),
                record(new React(2, new Emoji("+1"), true)),
                record(new AddMember(alice, Role.MEMBER)),
                record(new Delete(2)));
        try (Bus bus = new Bus(redis, BusChannel.ofChannel(room))) {
            processor.process(batch, Kept.NONE);
            List<BusMessage> first = take(bus, 7);

            processor.process(batch, Kept.NONE);
            List<BusMessage> again = take(bus, 7);

            assertThat(again).extracting(BusMessage::seq).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
            for (int i : new int[] {0, 2, 3, 4, 5, 6}) {
                assertThat(again.get(i).encode()).isEqualTo(first.get(i).encode());
            }
            // The second message was deleted since: it is announced without its data.
            assertThat(new String(first.get(1).frame(), UTF_8)).contains("\"hi\"");
            assertThat(new String(again.get(1).frame(), UTF_8))
                    .contains("\"deleted\": true")
                    .doesNotContain("\"hi\"");
        }
        assertThat(rows("event")).isEqualTo(7);
        assertThat(rows("message")).isEqualTo(2);
        assertThat(rows("reaction")).isZero();
    }

    @Test
    void aCrashBetweenStoreAndFanOutLosesNoFanOut() throws Exception {
        List<CommandRecord> batch = List.of(record(publish("a")), record(publish("b")), record(read(2)));
        store(batch);

        try (Bus bus = new Bus(redis, BusChannel.ofChannel(room))) {
            processor.process(batch, Kept.NONE);

            List<BusMessage> announced = take(bus, 3);
            assertThat(announced).extracting(BusMessage::seq).containsExactly(1L, 2L, 0L);
        }
        assertThat(rows("event")).isEqualTo(2);
        assertThat(rows("mark")).isEqualTo(1);
    }

    @Test
    void aReplayWithNewRecordsBehindItGoesOnWhereItWas() throws Exception {
        CommandRecord old = record(publish("a"));
        store(List.of(old));

        try (Bus bus = new Bus(redis, BusChannel.ofChannel(room))) {
            processor.process(List.of(old, record(publish("b")), record(publish("a"))), Kept.NONE);

            assertThat(take(bus, 2)).extracting(BusMessage::seq).containsExactly(1L, 2L);
        }
        assertThat(rows("event")).isEqualTo(2);
    }

    private void store(List<CommandRecord> batch) {
        LogState state = log.load(Touched.by(batch));
        new Sequencer(namespaces).sequence(state, batch);
        assertThat(log.append(state)).isEqualTo(Append.STORED);
    }

    private static List<BusMessage> take(Bus bus, int count) throws Exception {
        List<BusMessage> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(bus.next());
        }
        return taken;
    }

    private int rows(String table) {
        return new Database(dataSource).count(table, room);
    }

    private CommandRecord record(Operation operation) {
        long at = offset++;
        return new CommandRecord(
                new LogPosition(0, at),
                1_000 + at,
                new TraceId(1, at + 1),
                new ChannelCommand(room, alice, Grant.NONE, null, operation));
    }

    private static Publish publish(String id) {
        return new Publish(new ClientMessageId(id), TextNode.valueOf("hi"), null);
    }

    private static Mark read(long seq) {
        return new Mark(Mark.Kind.READ, seq);
    }
}
