package dev.dunlin.message.config;

import dev.dunlin.edge.FreshChannels;
import dev.dunlin.edge.kafka.ProducerSettings;
import dev.dunlin.edge.rate.KeyedRates;
import dev.dunlin.edge.redis.Patience;
import dev.dunlin.message.command.CommandGateway;
import dev.dunlin.message.command.CommandProcessor;
import dev.dunlin.message.command.PublishRates;
import dev.dunlin.message.kafka.CommandConsumer;
import dev.dunlin.message.kafka.KafkaCommands;
import dev.dunlin.message.kafka.KafkaWriter;
import dev.dunlin.message.kafka.TopicIncarnation;
import dev.dunlin.message.redis.RedisBus;
import dev.dunlin.message.redis.RedisReplies;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.kafka.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Wires Kafka and Redis. */
final class Messaging {
    private static final int MOST_WRITERS = 50_000;
    private static final String GROUP = "message-service";
    private static final int MOST_COMMANDS = 10_000;
    private static final int MOST_AHEAD = 64;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration BUS_PROBE = Duration.ofSeconds(2);

    @Produces
    @Singleton
    NodeId node(NodeSettings settings) {
        return Settings.node(settings, RandomGenerator.getDefault());
    }

    /** The connection's properties are those of {@code kafka.*}. */
    @Produces
    @Singleton
    Producer<String, byte[]> producer(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            CommandSettings settings,
            NodeId node,
            KafkaMeters meters) {
        // The delivery time-outs are Kafka's: who writes events retries until it succeeds.
        Map<String, Object> own = Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                node.value(),
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                settings.timeout().toMillis());
        Producer<String, byte[]> producer =
                new KafkaProducer<>(ProducerSettings.of(kafka, own), new StringSerializer(), new ByteArraySerializer());
        meters.bind(producer);
        return producer;
    }

    void close(@Disposes Producer<String, byte[]> producer) {
        producer.close(Duration.ofSeconds(5));
    }

    /** It starts and ends with {@link Lifecycle}. */
    @Produces
    @Singleton
    CommandConsumer commands(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            CommandSettings settings,
            NodeId node,
            CommandProcessor processor,
            KafkaWriter writer,
            TopicIncarnation incarnation,
            KafkaMeters meters) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, node.value() + "-commands");
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                Settings.between("dunlin.commands.batch", settings.batch(), 1, MOST_COMMANDS));
        // After a crash the partitions of the dead process wait for this time (Kafka's default is
        // 45 s).
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        // Partitions that were added, and a topic that was made anew, are seen within this time
        // (Kafka's default is 5
        // min).
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
        // Only the partitions that move are stopped.
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        meters.bind(consumer);
        return new CommandConsumer(
                consumer,
                Topics.CHANNEL_COMMANDS,
                Settings.between("dunlin.commands.ahead", settings.ahead(), 1, MOST_AHEAD),
                new KafkaCommands(processor, writer, incarnation));
    }

    @Produces
    @Singleton
    TopicIncarnation incarnation(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        return TopicIncarnation.of(Topics.CHANNEL_COMMANDS, kafka);
    }

    @Produces
    @Singleton
    KafkaWriter writer(Producer<String, byte[]> producer, TopicIncarnation incarnation) {
        return new KafkaWriter(producer, incarnation);
    }

    @Produces
    @Singleton
    RedisBus bus(Vertx vertx, Redis redis, CommandSettings settings, MeterRegistry metrics) {
        Counter lost = Counter.builder("dunlin.bus.lost")
                .description("Messages that the bus did not take; nodes fetch them by their seq")
                .register(metrics);
        return new RedisBus(vertx, redis, busPatience(settings), lost);
    }

    @Produces
    @Singleton
    PublishRates publishRates(NodeId node, LimitSettings limits, InstantSource clock, MeterRegistry metrics) {
        int perSecond = Settings.positive("dunlin.limits.publishes-per-second", limits.publishesPerSecond());
        Counter refused = Counter.builder("dunlin.publishes.refused")
                .description("REST requests refused because their user exceeded its publishes per second")
                .register(metrics);
        return new PublishRates(node, new KeyedRates<>(perSecond, perSecond, MOST_WRITERS, clock), refused::increment);
    }

    @Produces
    @Singleton
    CommandGateway gateway(
            NodeId node,
            KafkaWriter writer,
            CommandSettings settings,
            LimitSettings limits,
            PublishRates rates,
            InstantSource clock,
            MeterRegistry metrics) {
        Counter refused = Counter.builder("dunlin.fresh.channels.refused")
                .description("Writes refused because their user began to write to too many channels")
                .register(metrics);
        CommandGateway gateway = new CommandGateway(
                node,
                writer,
                Settings.within("dunlin.commands.timeout", settings.timeout(), LONGEST_WAIT),
                Settings.positive("dunlin.commands.max-waiting", settings.maxWaiting()),
                new FreshChannels(
                        Settings.positive("dunlin.limits.fresh-channels-per-minute", limits.freshChannelsPerMinute()),
                        clock,
                        refused::increment),
                rates,
                RandomGenerator.getDefault());
        Gauge.builder("dunlin.commands.waiting", gateway, CommandGateway::waiting)
                .description("REST calls that wait for the outcome of their command")
                .register(metrics);
        return gateway;
    }

    @Produces
    @Singleton
    RedisReplies replies(Vertx vertx, Redis redis, CommandSettings settings, NodeId node, CommandGateway gateway) {
        return new RedisReplies(vertx, redis, busPatience(settings), node, gateway);
    }

    private static Patience busPatience(CommandSettings settings) {
        return new Patience(
                Settings.within("dunlin.commands.bus-timeout", settings.busTimeout(), LONGEST_WAIT), BUS_PROBE);
    }
}
