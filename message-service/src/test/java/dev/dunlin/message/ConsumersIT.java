package dev.dunlin.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.message.command.Append;
import dev.dunlin.message.command.Bus;
import dev.dunlin.message.command.ChannelLog;
import dev.dunlin.message.command.CommandProcessor;
import dev.dunlin.message.command.LogHealth;
import dev.dunlin.message.command.LogPorts;
import dev.dunlin.message.command.Retry;
import dev.dunlin.message.kafka.CommandConsumer;
import dev.dunlin.message.kafka.KafkaCommands;
import dev.dunlin.message.kafka.KafkaWriter;
import dev.dunlin.message.kafka.TopicIncarnation;
import dev.dunlin.message.namespace.Namespaces;
import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.Sequencer;
import dev.dunlin.message.sequencer.Touched;
import dev.dunlin.message.testing.Database;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.BusMessage;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.Publish;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Several writers share the partitions of a topic, come, go, and sleep over the loss of a
 * partition; over one real Kafka and one real store.
 */
@QuarkusTest
@QuarkusTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "message"))
class ConsumersIT {
    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(6);
    private static final int CHANNELS = 20;
    private static final int MAX_IN_FLIGHT = 8;
    private static final int BATCH = 50;
    private static final TopicIncarnation SAME = new TopicIncarnation(Optional::empty);

    @Inject
    ChannelLog log;

    @Inject
    Namespaces namespaces;

    @Inject
    AgroalDataSource dataSource;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    private final String topic = "it.commands." + UUID.randomUUID().toString().substring(0, 8);
    private final List<ChannelName> channels = IntStream.range(0, CHANNELS)
            .mapToObj(i -> new ChannelName("room:" + topic + "." + i))
            .toList();
    /** Every event that any writer told, by channel and seq; and the contradictions. */
    private final Map<String, String> announced = new ConcurrentHashMap<>();

    private final ConcurrentLinkedQueue<String> contradictions = new ConcurrentLinkedQueue<>();
    private final List<Writer> writers = new ArrayList<>();
    private Producer<String, byte[]> producer;
    private int sent;

    @BeforeEach
    void createTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(topic, 6, (short) 1))).all().get();
        }
        // More in flight to a partition that just came to be can lock out the first of them:
        // KAFKA-15591.
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "acks", "all", "max.in.flight.requests.per.connection", 1),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @AfterEach
    void end() {
        writers.forEach(Writer::close);
        producer.close();
    }

    @Test
    void writersThatComeAndGoUnderLoadLoseDoubleAndRenumberNothing() {
        Writer first = start(log);
        send(500);
        await().atMost(DEADLINE).until(() -> first.appends.get() > 0);

        Writer second = start(log);
        send(500);
        await().atMost(DEADLINE).until(() -> sendAnd(20, second.appends.get() > 0));
        first.close();
        send(500);
        Writer third = start(log);
        await().atMost(DEADLINE).until(() -> sendAnd(20, third.appends.get() > 0));
        second.close();
        send(500);

        assertEverythingIsThereOnce();
    }

    @Test
    void aWriterThatSleepsOverTheLossOfItsPartitionsIsRefusedAndAnnouncedWhatTheLogHolds() {
        Gate gate = new Gate(log);
        // All there before it begins, and taken in one poll: so it sleeps over records of more
        // partitions than it will
        // keep.
        send(300);
        Writer sleeper = start(gate, 300);
        await().atMost(DEADLINE).until(() -> gate.waiting.getCount() == 0);

        start(log);
        start(log);
        // It cannot hand over what it holds, so its partitions are taken from it, and what it holds
        // is done by the
        // others, and more.
        send(300);
        await().atMost(DEADLINE).until(() -> sendAnd(1, gate.held.stream().anyMatch(channel -> head(channel) > 20)));
        gate.open.countDown();

        assertEverythingIsThereOnce();
        assertThat(gate.refused.get() + sleeper.appends.get()).isPositive();
        assertThat(gate.refused).hasPositiveValue();
    }

    @Test
    void aBatchThatTakesLongerThanThePatienceOfTheGroupKeepsItsPartitions() {
        Gate gate = new Gate(log);
        Writer waiting = start(gate);
        send(300);
        await().atMost(DEADLINE).until(() -> gate.waiting.getCount() == 0);
        String member = members();

        await().during(MAX_POLL_INTERVAL.plusSeconds(2))
                .atMost(DEADLINE)
                .until(() -> members().equals(member) && waiting.appends.get() == 0);
        gate.open.countDown();

        assertEverythingIsThereOnce();
        assertThat(members()).isEqualTo(member);
        assertThat(gate.refused).hasValue(0);
    }

    @Test
    void whileTheStoreIsUnreachableNoMoreThanTheBoundIsInFlightAndNothingIsLost() {
        Gate gate = new Gate(log);
        Writer waiting = start(gate);
        send(2 * MAX_IN_FLIGHT * BATCH);
        await().atMost(DEADLINE).until(() -> gate.waiting.getCount() == 0);

        await().atMost(DEADLINE).until(() -> waiting.processor.inFlight() == MAX_IN_FLIGHT);
        await().during(Duration.ofSeconds(2))
                .atMost(DEADLINE)
                .until(() -> waiting.processor.inFlight() == MAX_IN_FLIGHT);
        assertThat(announced).hasSizeLessThanOrEqualTo(MAX_IN_FLIGHT * BATCH);
        gate.open.countDown();

        assertEverythingIsThereOnce();
        assertThat(gate.refused).hasValue(0);
    }

    /** Who is in the group, and has which partitions. */
    private String members() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            return admin.describeConsumerGroups(List.of(topic))
                    .all()
                    .get()
                    .get(topic)
                    .members()
                    .toString();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private void assertEverythingIsThereOnce() {
        await().atMost(DEADLINE)
                .untilAsserted(
                        () -> assertThat(channels.stream().mapToLong(this::head).sum())
                                .isEqualTo(sent));
        Set<String> ids = new HashSet<>();
        for (ChannelName channel : channels) {
            SortedMap<Long, byte[]> frames = new Database(dataSource).frames(channel);
            long expected = 1;
            for (Map.Entry<Long, byte[]> event : frames.entrySet()) {
                assertThat(event.getKey()).isEqualTo(expected++);
                assertThat(ids.add(idOf(event.getValue()))).as("an id twice").isTrue();
                assertThat(announced.get(channel + " " + event.getKey()))
                        .isEqualTo(new String(event.getValue(), StandardCharsets.UTF_8));
            }
        }
        assertThat(ids).hasSize(sent);
        assertThat(contradictions).isEmpty();
        assertThat(announced).hasSize(sent);
    }

    private boolean sendAnd(int count, boolean result) {
        send(count);
        return result;
    }

    private void send(int count) {
        List<Future<RecordMetadata>> sending = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = sent++;
            ChannelName channel = channels.get(number % CHANNELS);
            ChannelCommand command = new ChannelCommand(
                    channel,
                    new UserId("alice"),
                    Grant.NONE,
                    null,
                    new Publish(new ClientMessageId("m" + number), TextNode.valueOf("hi"), null));
            sending.add(producer.send(new ProducerRecord<>(topic, channel.value(), Json.write(command))));
        }
        for (Future<RecordMetadata> one : sending) {
            try {
                one.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new AssertionError(e);
            }
        }
    }

    private long head(ChannelName channel) {
        return new Database(dataSource).count("event", channel);
    }

    private Writer start(ChannelLog store) {
        return start(store, 50);
    }

    private Writer start(ChannelLog store, int recordsInAPoll) {
        Writer writer = new Writer(store, recordsInAPoll);
        writers.add(writer);
        writer.consumer.start();
        return writer;
    }

    private static String idOf(byte[] frame) {
        try {
            return ((ServerFrame.Message) Json.read(frame, ServerFrame.class))
                    .id()
                    .value();
        } catch (InvalidInput e) {
            throw new AssertionError(e);
        }
    }

    /** A message-service's way of commands, over this test's topic and a bus that compares. */
    private final class Writer implements Bus {
        final AtomicInteger appends = new AtomicInteger();
        final CommandConsumer consumer;
        final CommandProcessor processor;
        private final Retry retry = new Retry(Duration.ofMillis(10), Duration.ofMillis(100));

        Writer(ChannelLog store, int recordsInAPoll) {
            ChannelLog counted = new ChannelLog() {
                @Override
                public LogState load(Touched touched) {
                    return store.load(touched);
                }

                @Override
                public boolean loadsBesideAppends() {
                    return store.loadsBesideAppends();
                }

                @Override
                public Append append(LogState state) {
                    Append outcome = store.append(state);
                    if (outcome instanceof Append.Stored) {
                        appends.incrementAndGet();
                    }
                    return outcome;
                }

                @Override
                public Optional<List<Keys.OfClientId>> clientIds(ChannelName channel) {
                    return store.clientIds(channel);
                }
            };
            LogPorts ports = new LogPorts(
                    new Sequencer(namespaces),
                    counted,
                    this,
                    entries -> {},
                    channel -> true,
                    new LogHealth(InstantSource.system()),
                    retry);
            processor = new CommandProcessor(ports, Duration.ofMillis(50), 100_000);
            consumer = new CommandConsumer(
                    new KafkaConsumer<>(
                            Map.of(
                                    "bootstrap.servers",
                                    servers,
                                    "group.id",
                                    topic,
                                    "enable.auto.commit",
                                    false,
                                    "auto.offset.reset",
                                    "earliest",
                                    "max.poll.records",
                                    recordsInAPoll,
                                    "max.poll.interval.ms",
                                    Math.toIntExact(MAX_POLL_INTERVAL.toMillis()),
                                    "session.timeout.ms",
                                    6_000,
                                    "partition.assignment.strategy",
                                    CooperativeStickyAssignor.class.getName()),
                            new StringDeserializer(),
                            new ByteArrayDeserializer()),
                    topic,
                    MAX_IN_FLIGHT,
                    new KafkaCommands(processor, new KafkaWriter(producer, SAME), SAME));
        }

        @Override
        public CompletableFuture<Void> publish(List<Publication> publications) {
            for (Publication one : publications) {
                if (one.channel()
                        .name()
                        .startsWith(BusChannel.ofChannel(new ChannelName("room:" + topic))
                                .name())) {
                    compare(one);
                }
            }
            return CompletableFuture.completedFuture(null);
        }

        private void compare(Publication one) {
            try {
                BusMessage message = BusMessage.decode(one.payload());
                String frame = new String(message.frame(), StandardCharsets.UTF_8);
                String channel = one.channel()
                        .name()
                        .substring(
                                BusChannel.ofChannel(channels.getFirst()).name().length()
                                        - channels.getFirst().value().length());
                String before = announced.put(channel + " " + message.seq(), frame);
                if (before != null && !before.equals(frame)) {
                    contradictions.add(before + " and " + frame);
                }
            } catch (InvalidInput e) {
                contradictions.add(e.toString());
            }
        }

        void close() {
            retry.stop();
            consumer.close();
        }
    }

    /** A store that holds the first batch between its load and its append. */
    private static final class Gate implements ChannelLog {
        final CountDownLatch waiting = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);
        final AtomicInteger refused = new AtomicInteger();
        final ConcurrentLinkedQueue<ChannelName> held = new ConcurrentLinkedQueue<>();
        private final ChannelLog store;

        Gate(ChannelLog store) {
            this.store = store;
        }

        @Override
        public LogState load(Touched touched) {
            return store.load(touched);
        }

        @Override
        public boolean loadsBesideAppends() {
            return store.loadsBesideAppends();
        }

        @Override
        public Append append(LogState state) {
            if (waiting.getCount() > 0) {
                held.addAll(state.channels().changes().keySet());
                waiting.countDown();
                try {
                    open.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            Append outcome = store.append(state);
            if (outcome instanceof Append.Stale) {
                refused.incrementAndGet();
            }
            return outcome;
        }

        @Override
        public Optional<List<Keys.OfClientId>> clientIds(ChannelName channel) {
            return store.clientIds(channel);
        }
    }
}
