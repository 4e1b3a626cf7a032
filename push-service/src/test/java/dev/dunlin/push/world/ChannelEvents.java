package dev.dunlin.push.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.engines.testing.TestEngines;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelEvent;
import dev.dunlin.protocol.kafka.Topics;
import dev.dunlin.protocol.kafka.UserEvent.UserErased;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/** Puts events on the topics as message-service does. */
public final class ChannelEvents implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ChannelEvents.class);
    private static final Epoch EPOCH = new Epoch("e1");

    private final KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
            Map.of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    TestEngines.join().kafkaBootstrapServers(),
                    ProducerConfig.ACKS_CONFIG,
                    "all"),
            new StringSerializer(),
            new ByteArraySerializer());
    private final Clock clock = Clock.systemUTC();
    private final Peers peers;

    /** Registers the content of each message with {@code peers}. */
    public ChannelEvents(Peers peers) {
        this.peers = peers;
    }

    /** {@code from} says {@code text}. */
    public void message(String channel, long seq, String from, String text) {
        message(channel, seq, from, text, clock.millis(), new TraceId(seq, 1));
    }

    public void message(String channel, long seq, String from, String text, long ts, TraceId trace) {
        peers.says(channel, seq, text);
        send(
                new ServerFrame.Message(
                        new ChannelName(channel),
                        seq,
                        new ClientMessageId("m" + seq),
                        new UserId(from),
                        ts,
                        TextNode.valueOf(text),
                        null,
                        null,
                        null,
                        null),
                trace);
    }

    /** The same after the channel was deleted and created again. */
    public void messageInNextEpoch(String channel, long seq, String from, String text) {
        peers.says(channel, seq, text);
        ServerFrame.Message message = new ServerFrame.Message(
                new ChannelName(channel),
                seq,
                new ClientMessageId("next" + seq),
                new UserId(from),
                clock.millis(),
                TextNode.valueOf(text),
                null,
                null,
                null,
                null);
        send(channel, Json.write(new ChannelEvent(new Epoch("e2"), message)), new TraceId(seq, 6));
    }

    public void read(String channel, String user, long seq) {
        send(new ServerFrame.Read(new ChannelName(channel), new UserId(user), seq), new TraceId(seq, 2));
    }

    /** {@code from} says {@code text} to those whom it mentions. */
    public void mention(String channel, long seq, String from, String text, String... mentioned) {
        peers.says(channel, seq, text);
        send(
                new ServerFrame.Message(
                        new ChannelName(channel),
                        seq,
                        new ClientMessageId("m" + seq),
                        new UserId(from),
                        clock.millis(),
                        TextNode.valueOf(text),
                        null,
                        null,
                        null,
                        null,
                        Stream.of(mentioned).map(UserId::new).toList()),
                new TraceId(seq, 1));
    }

    public void deleted(String channel, long seq, long target, String from) {
        peers.takesBack(channel, target);
        send(
                new ServerFrame.Deleted(new ChannelName(channel), seq, target, new UserId(from), clock.millis()),
                new TraceId(seq, 5));
    }

    public void joined(String channel, long seq, String user) {
        send(
                new ServerFrame.MemberJoined(
                        new ChannelName(channel), seq, new UserId(user), new UserId(user), clock.millis()),
                new TraceId(seq, 3));
    }

    public void erased(String user) {
        UserErased event = new UserErased(new UserId(user), clock.millis());
        send(Topics.USER_EVENTS, user, Json.write(event), new TraceId(4, 4));
    }

    private void send(ServerFrame.ChannelFrame event, TraceId trace) {
        send(event.channel().value(), Json.write(new ChannelEvent(EPOCH, event)), trace);
    }

    /** Any bytes. */
    public void send(String channel, byte[] value, TraceId trace) {
        send(Topics.CHANNEL_EVENTS, channel, value, trace);
    }

    /** Any bytes on any topic. */
    public void send(String topic, String key, byte[] value, TraceId trace) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
        record.headers().add(TraceId.HEADER, trace.traceparent().getBytes(UTF_8));
        var unused = producer.send(record, (_, failure) -> {
            if (failure != null) {
                LOG.error("an event was not sent", failure);
            }
        });
    }

    @Override
    public void close() {
        producer.close();
    }
}
