package dev.dunlin.presence.config;

import dev.dunlin.edge.kafka.ProducerSettings;
import dev.dunlin.presence.PresenceSettings;
import dev.dunlin.presence.kafka.KafkaChoices;
import dev.dunlin.presence.kafka.KafkaExtents;
import dev.dunlin.presence.kafka.KafkaSessionLog;
import dev.dunlin.presence.kafka.KafkaStoredUsers;
import dev.dunlin.presence.kafka.SessionConsumer;
import dev.dunlin.presence.kafka.ShardTopic;
import dev.dunlin.presence.metrics.PresenceMetrics;
import dev.dunlin.presence.owner.Feed;
import dev.dunlin.presence.owner.Nodes;
import dev.dunlin.presence.owner.OwnerSettings;
import dev.dunlin.presence.owner.ShardOwner;
import dev.dunlin.presence.owner.ShardStore;
import dev.dunlin.presence.shard.Rules;
import dev.dunlin.protocol.kafka.PresenceShard;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Wires the owner of shards, and starts and stops it with the process. */
final class Owning {
    private static final String GROUP = "presence-service";
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);

    @Produces
    @Singleton
    SessionConsumer sessions(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Admin admin,
            ShardStore store,
            Feed feed,
            Nodes nodes,
            KafkaStoredUsers stored,
            PresenceSettings settings,
            Clock clock,
            PresenceMetrics metrics,
            MeterRegistry registry) {
        KafkaConsumer<String, byte[]> consumer = consumer(kafka);
        new KafkaClientMetrics(consumer).bindTo(registry);
        KafkaSessionLog log = new KafkaSessionLog(
                consumer, new KafkaExtents(admin, GROUP), sinceHeartbeat(consumer), HEARTBEAT.multipliedBy(2), clock);
        OwnerSettings own = new OwnerSettings(
                new Rules(settings.graces(), settings.tombstone()),
                settings.leaseMargin(),
                settings.seenFor(),
                Math.ceilDiv(settings.seenUsers(), PresenceShard.COUNT));
        return new SessionConsumer(
                consumer,
                List.of(ShardTopic.ofSessions(admin), ShardTopic.ofUsers(admin)),
                log,
                new ShardOwner(store, log, feed, nodes, stored, own, clock, metrics),
                metrics::unreadable);
    }

    @Produces
    @Singleton
    Admin admin(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        return Admin.create(kafka);
    }

    void close(@Disposes Admin admin) {
        admin.close(CLOSE_WITHIN);
    }

    @Produces
    @Singleton
    Producer<String, byte[]> producer(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, MeterRegistry registry) {
        Map<String, Object> own = Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "presence-service",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                3_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                3_000,
                // Longer waits are the writer's: it keeps the newest only.
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                5_000);
        Producer<String, byte[]> producer =
                new KafkaProducer<>(ProducerSettings.of(kafka, own), new StringSerializer(), new ByteArraySerializer());
        new KafkaClientMetrics(producer).bindTo(registry);
        return producer;
    }

    void close(@Disposes Producer<String, byte[]> producer) {
        producer.close(CLOSE_WITHIN);
    }

    @Produces
    @Singleton
    KafkaStoredUsers stored(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Producer<String, byte[]> producer,
            PresenceMetrics metrics) {
        return new KafkaStoredUsers(producer, () -> reader(kafka), metrics::unkept);
    }

    void close(@Disposes KafkaStoredUsers stored) {
        stored.close();
    }

    @Produces
    @Singleton
    KafkaChoices choices(Producer<String, byte[]> producer, Clock clock) {
        return new KafkaChoices(producer, clock);
    }

    /** A consumer of no group. */
    private static Consumer<String, byte[]> reader(Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
        return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static KafkaConsumer<String, byte[]> consumer(Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        // A record ends the wait at once.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 2_000);
        // After a crash the shards of the dead process wait for this time (Kafka's default is 45
        // s).
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, (int) HEARTBEAT.toMillis());
        // Partitions that were added are seen within this time (Kafka's default is 5 min).
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
        // Only the partitions that move are stopped.
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** How long ago the group answered; zero until it did for the first time. */
    private static Supplier<Duration> sinceHeartbeat(Consumer<?, ?> consumer) {
        Metric ago = consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("last-heartbeat-seconds-ago"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        return () -> Duration.ofSeconds(Math.max(0, ((Number) ago.metricValue()).longValue()));
    }

    void start(@Observes StartupEvent event, SessionConsumer sessions) {
        sessions.start();
    }

    void stop(@Observes ShutdownEvent event, SessionConsumer sessions) {
        sessions.close();
    }
}
