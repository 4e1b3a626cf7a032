package dev.dunlin.message.config;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The meters {@code kafka_consumer_*} and {@code kafka_producer_*} of the clients that this service
 * creates itself. The framework binds those of its own clients. They look for new meters on their
 * own thread and end with the clients, when the process stops. Thread-safe.
 */
@Singleton
final class KafkaMeters {
    private final MeterRegistry registry;
    private final List<KafkaClientMetrics> bound = new CopyOnWriteArrayList<>();

    KafkaMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void bind(Producer<?, ?> producer) {
        bind(new KafkaClientMetrics(producer));
    }

    void bind(Consumer<?, ?> consumer) {
        bind(new KafkaClientMetrics(consumer));
    }

    private void bind(KafkaClientMetrics meters) {
        meters.bindTo(registry);
        bound.add(meters);
    }

    @PreDestroy
    void close() {
        bound.forEach(KafkaClientMetrics::close);
    }
}
