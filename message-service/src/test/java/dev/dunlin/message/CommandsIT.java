package dev.dunlin.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.message.testing.Bus;
import dev.dunlin.message.testing.Database;
import dev.dunlin.message.testing.Kafka;
import dev.dunlin.message.testing.LogLines;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.BusMessage;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.Mark;
import dev.dunlin.protocol.kafka.ChannelCommand.Operation;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import dev.dunlin.protocol.kafka.ChannelCommand.ReplyTo;
import dev.dunlin.protocol.kafka.ChannelEvent;
import dev.dunlin.protocol.kafka.Topics;
import io.agroal.api.AgroalDataSource;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a command on Kafka to the store, the bus, the reply and the event stream. */
@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class CommandsIT {
    private static final TraceId TRACE = new TraceId(7, 9);

    @Inject
    RedisDataSource redis;

    @Inject
    AgroalDataSource dataSource;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final UserId alice = new UserId("alice-" + suffix);
    private final UserId bob = new UserId("bob-" + suffix);
    private final UserId eve = new UserId("eve-" + suffix);
    private final NodeId node = new NodeId("node-" + suffix);
    private final SessionId session = new SessionId("session-" + suffix);
    private final ChannelName group = new ChannelName("group:" + suffix);
    private Kafka kafka;
    private Bus replies;
    private Bus events;

    @BeforeEach
    void connect() {
        kafka = new Kafka(servers);
        replies = new Bus(redis, BusChannel.ofNode(node));
        events = new Bus(redis, BusChannel.ofChannel(group));
    }

    @AfterEach
    void disconnect() {
        kafka.close();
        replies.close();
        events.close();
    }

    @Test
    void aMessageIsStoredTakenToTheBusAnsweredAndStreamed() throws Exception {
        create();

        send(alice, publish("m1"), Ref.of(2));

        BusMessage reply = replies.next();
        ServerFrame.Ack ack = (ServerFrame.Ack) Json.read(reply.frame(), ServerFrame.class);
        assertThat(ack.ref()).isEqualTo(Ref.of(2));
        assertThat(ack.seq()).isEqualTo(1);
        assertThat(ack.id()).isEqualTo(new ClientMessageId("m1"));
        assertThat(reply.session()).isEqualTo(session);
        BusMessage event = events.next();
        assertThat(event.seq()).isEqualTo(1);
        assertThat(event.kind()).isEqualTo(BusMessage.Kind.EVENT);
        assertThat(event.session()).isEqualTo(session);
        assertThat(event.trace()).isEqualTo(TRACE);
        ServerFrame.Message message = new ServerFrame.Message(
                group, 1, new ClientMessageId("m1"), alice, ack.ts(), TextNode.valueOf("hi"), null, null, null, null);
        assertThat(Json.read(event.frame(), ServerFrame.class)).isEqualTo(message);
        assertThat(kafka.events(group, 1)).containsExactly(new ChannelEvent(epochOf(event), message));
        assertThat(new Database(dataSource).count("message", group)).isEqualTo(1);
    }

    @Test
    void aRepeatIsAckedWithTheFirstSeqAndMakesNoEvent() throws Exception {
        create();
        send(alice, publish("m1"), Ref.of("first"));
        send(alice, publish("m1"), Ref.of("again"));
        send(alice, publish("m2"), Ref.of("next"));

        ServerFrame.Ack first = ack();
        ServerFrame.Ack again = ack();

        assertThat(again.ref()).isEqualTo(Ref.of("again"));
        assertThat(again.seq()).isEqualTo(first.seq());
        assertThat(again.ts()).isEqualTo(first.ts());
        assertThat(ack().seq()).isEqualTo(2);
        assertThat(new Database(dataSource).count("event", group)).isEqualTo(2);
    }

    @Test
    void whoIsRefusedIsToldWhy() throws Exception {
        create();

        send(eve, publish("m1"), Ref.of(5));

        ServerFrame.ErrorReply refused = (ServerFrame.ErrorReply) replies.nextFrame();
        assertThat(refused.ref()).isEqualTo(Ref.of(5));
        assertThat(refused.code()).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(refused.retryable()).isFalse();
    }

    @Test
    void membersOfANewGroupAreNotified() throws Exception {
        try (Bus notices = new Bus(redis, BusChannel.ofUser(bob))) {
            create();

            assertThat(Json.read(notices.nextPayload(), UserNotice.class)).isEqualTo(new UserNotice.Joined(group));
        }
    }

    @Test
    void aReadMarkIsBroadcastAndStreamedAndTakesNoSeq() throws Exception {
        create();
        send(alice, publish("m1"), null);
        events.next();

        send(bob, new Mark(Mark.Kind.READ, 1), null);

        BusMessage mark = events.next();
        assertThat(mark.kind()).isEqualTo(BusMessage.Kind.EPHEMERAL);
        assertThat(Json.read(mark.frame(), ServerFrame.class)).isEqualTo(new ServerFrame.Read(group, bob, 1));
        assertThat(kafka.events(group, 2).getLast().event()).isEqualTo(new ServerFrame.Read(group, bob, 1));
    }

    @Test
    void whatIsNoCommandIsDeadLetteredWithItsReasonAndDoesNotStopThePartition() throws Exception {
        create();
        byte[] nonsense = "{nonsense".getBytes(StandardCharsets.UTF_8);
        byte[] whole = Json.write(command(alice, publish("m0"), null));
        byte[] withoutId = new String(whole, StandardCharsets.UTF_8)
                .replace("\"id\"", "\"ignored\"")
                .getBytes(StandardCharsets.UTF_8);

        kafka.sendRaw(group.value(), nonsense, TRACE);
        kafka.sendRaw(group.value(), withoutId, TRACE);
        kafka.sendRaw("another-" + suffix, whole, TRACE);
        send(alice, publish("m1"), Ref.of(1));

        assertThat(ack().seq()).isEqualTo(1);
        assertThat(new Database(dataSource).count("event", group)).isEqualTo(1);
        List<ConsumerRecord<String, byte[]>> deadLettered = kafka.deadLetters(group.value(), 2);
        assertThat(deadLettered.getFirst().value()).isEqualTo(nonsense);
        assertThat(header(deadLettered.getFirst(), "dunlin-reason")).isEqualTo("unreadable");
        assertThat(header(deadLettered.getFirst(), "dunlin-explanation")).contains("not JSON");
        assertThat(header(deadLettered.getFirst(), "dunlin-topic")).isEqualTo(Topics.CHANNEL_COMMANDS);
        assertThat(header(deadLettered.getFirst(), TraceId.HEADER)).isEqualTo(TRACE.traceparent());
        assertThat(header(deadLettered.getLast(), "dunlin-explanation")).contains("operation.id");
        assertThat(header(kafka.deadLetters("another-" + suffix, 1).getFirst(), "dunlin-explanation"))
                .contains("key");
    }

    @Test
    void whatPostgresRefusesIsDeadLetteredAndAnsweredAndEverythingElseIsStored() throws Exception {
        create();
        Database database = new Database(dataSource);
        String name = "refuse_" + suffix;
        database.alter("alter table message add constraint " + name + " check (client_id <> 'poison-" + suffix + "')");
        try (LogLines log = new LogLines()) {
            send(alice, publish("a"), Ref.of(1));
            send(alice, publish("poison-" + suffix), Ref.of(2));
            send(bob, publish("b"), Ref.of(3));

            assertThat(ack().seq()).isEqualTo(1);
            assertThat(((ServerFrame.ErrorReply) replies.nextFrame()).code()).isEqualTo(ErrorCode.INTERNAL);
            assertThat(ack().seq()).isEqualTo(3);
            assertThat(log.lines())
                    .as("the constraint is named, and nothing of the row, which people wrote")
                    .anyMatch(line -> line.contains(name))
                    .noneMatch(line -> line.contains("poison-" + suffix));
        } finally {
            database.alter("alter table message drop constraint " + name);
        }
        assertThat(database.count("event", group)).isEqualTo(3);
        assertThat(database.count("message", group)).isEqualTo(2);
        assertThat(kafka.events(group, 3).get(1).event()).isInstanceOf(ServerFrame.Deleted.class);
        ConsumerRecord<String, byte[]> deadLettered =
                kafka.deadLetters(group.value(), 1).getFirst();
        assertThat(header(deadLettered, "dunlin-reason")).isEqualTo("refused");
        assertThat(header(deadLettered, "dunlin-explanation")).contains(name).doesNotContain("poison-");
        assertThat(Json.read(deadLettered.value(), ChannelCommand.class).operation())
                .isEqualTo(publish("poison-" + suffix));
    }

    @Test
    void aBurstIsNumberedDenselyInTheOrderOfTheLog() throws Exception {
        create();
        for (int i = 0; i < 200; i++) {
            send(i % 2 == 0 ? alice : bob, publish("m" + i), null);
        }

        for (long seq = 1; seq <= 200; seq++) {
            BusMessage event = events.next();
            assertThat(event.seq()).isEqualTo(seq);
            ServerFrame.Message message = (ServerFrame.Message) Json.read(event.frame(), ServerFrame.class);
            assertThat(message.id()).isEqualTo(new ClientMessageId("m" + (seq - 1)));
        }
    }

    @Test
    void theOffsetsOfWhatIsDoneAreCommitted() throws Exception {
        create();
        send(alice, publish("m1"), Ref.of(1));
        ack();

        await().atMost(Duration.ofSeconds(15)).until(() -> kafka.lag("message-service") == 0);
    }

    @Test
    void textThatPostgresCannotHoldAsTextIsStoredAsItCame() throws Exception {
        create();
        Publish nul = new Publish(new ClientMessageId("nul"), TextNode.valueOf("a\u0000b"), null);

        send(alice, nul, Ref.of(1));

        assertThat(ack().seq()).isEqualTo(1);
        assertThat(((ServerFrame.Message) events.nextFrame()).data()).isEqualTo(TextNode.valueOf("a\u0000b"));
    }

    private void create() throws Exception {
        send(alice, new CreateChannel(null, List.of(bob)), Ref.of(0));
        assertThat(ack().seq()).isZero();
    }

    private ServerFrame.Ack ack() throws Exception {
        return (ServerFrame.Ack) replies.nextFrame();
    }

    private void send(UserId user, Operation operation, @Nullable Ref ref) {
        kafka.send(command(user, operation, ref), TRACE);
    }

    private ChannelCommand command(UserId user, Operation operation, @Nullable Ref ref) {
        ReplyTo replyTo = new ReplyTo(ref == null ? new NodeId("nobody") : node, session, ref);
        return new ChannelCommand(group, user, Grant.NONE, replyTo, operation);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static Publish publish(String id) {
        return new Publish(new ClientMessageId(id), TextNode.valueOf("hi"), null);
    }

    private static Epoch epochOf(BusMessage event) {
        if (event.epoch() == null) {
            throw new AssertionError("an event without an epoch");
        }
        return event.epoch();
    }
}
