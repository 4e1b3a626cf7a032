package dev.dunlin.edge.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The settings of every Kafka producer: acknowledged records are neither lost nor reordered. */
public final class ProducerSettings {
    private static final int BATCH_BYTES = 64 * 1024;

    private ProducerSettings() {}

    /**
     * Settings for one producer.
     *
     * @param common what {@code kafka.*} configures
     * @param own how this producer differs; it overrides the others
     */
    public static Map<String, Object> of(Map<String, Object> common, Map<String, Object> own) {
        Map<String, Object> settings = new HashMap<>(common);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // A record is sent at once if no request is in flight. The records that come meanwhile
        // share the next request. With more requests in flight, the first record to a new
        // partition could be locked out: KAFKA-15591.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.putAll(own);
        return settings;
    }
}
