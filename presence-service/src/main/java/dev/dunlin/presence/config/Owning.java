package dev.dunlin.presence.config;

import dev.dunlin.presence.PresenceSettings;
import dev.dunlin.presence.kafka.KafkaExtents;
import dev.dunlin.presence.kafka.KafkaSessionLog;
import dev.dunlin.presence.kafka.SessionConsumer;
import dev.dunlin.presence.kafka.SessionTopic;
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
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

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
            PresenceSettings settings,
            Clock clock,
            PresenceMetrics metrics,
            MeterRegistry registry) {
        KafkaConsumer<String, byte[]> consumer = consumer(kafka);
        new KafkaClientMetrics(consumer).bindTo(registry);
        KafkaSessionLog log = new KafkaSessionLog(
                consumer, new KafkaExtents(admin), sinceHeartbeat(consumer), HEARTBEAT.multipliedBy(2), clock);
        OwnerSettings own = new OwnerSettings(
                new Rules(settings.grace(), settings.tombstone()),
                settings.leaseMargin(),
                settings.seenFor(),
                Math.ceilDiv(settings.seenUsers(), PresenceShard.COUNT));
        return new SessionConsumer(
                consumer,
                new SessionTopic(admin),
                log,
                new ShardOwner(store, log, feed, nodes, own, clock, metrics),
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
