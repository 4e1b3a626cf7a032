package dev.dunlin.message.config;

import dev.dunlin.message.command.CommandGateway;
import dev.dunlin.message.kafka.KafkaWriter;
import dev.dunlin.message.redis.RedisBus;
import dev.dunlin.message.redis.RedisReplies;
import dev.dunlin.protocol.NodeId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Wires Kafka and Redis. */
final class Messaging {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    @Produces
    @Singleton
    NodeId node(NodeSettings settings) {
        return Settings.node(settings, RandomGenerator.getDefault());
    }

    /** The connection's properties are those of {@code kafka.*}. */
    @Produces
    @Singleton
    Producer<String, byte[]> producer(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, CommandSettings settings, NodeId node) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, node.value());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, settings.timeout().toMillis());
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    void close(@Disposes Producer<String, byte[]> producer) {
        producer.close(Duration.ofSeconds(5));
    }

    @Produces
    @Singleton
    KafkaWriter writer(Producer<String, byte[]> producer) {
        return new KafkaWriter(producer);
    }

    @Produces
    @Singleton
    RedisBus bus(Vertx vertx, Redis redis, CommandSettings settings, MeterRegistry metrics) {
        Counter lost = Counter.builder("dunlin.bus.lost")
                .description("Messages that the bus did not take; nodes fetch them by their seq")
                .register(metrics);
        return new RedisBus(
                vertx,
                redis,
                Settings.within("dunlin.commands.bus-timeout", settings.busTimeout(), LONGEST_WAIT),
                lost);
    }

    @Produces
    @Singleton
    CommandGateway gateway(NodeId node, KafkaWriter writer, CommandSettings settings, MeterRegistry metrics) {
        CommandGateway gateway = new CommandGateway(
                node,
                writer,
                Settings.within("dunlin.commands.timeout", settings.timeout(), LONGEST_WAIT),
                Settings.positive("dunlin.commands.max-waiting", settings.maxWaiting()),
                RandomGenerator.getDefault());
        metrics.gauge("dunlin.commands.waiting", gateway, CommandGateway::waiting);
        return gateway;
    }

    @Produces
    @Singleton
    RedisReplies replies(Vertx vertx, Redis redis, NodeId node, CommandGateway gateway) {
        return new RedisReplies(vertx, redis, node, gateway);
    }
}
