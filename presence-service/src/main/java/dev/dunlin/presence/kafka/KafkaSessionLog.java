package dev.dunlin.presence.kafka;

import dev.dunlin.presence.PresenceUnavailable;
import dev.dunlin.presence.owner.SessionLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The log as its consumer sees it; on the consumer's thread. */
public final class KafkaSessionLog implements SessionLog {
    private static final Logger LOG = Logger.getLogger(KafkaSessionLog.class);
    /**
     * How long nodes have, once Kafka answers again, to send what they could not. They try again
     * within 5 s.
     */
    private static final Duration CATCH_UP = Duration.ofSeconds(8);

    private final Consumer<String, byte[]> consumer;
    private final Extents extents;
    private final Supplier<Duration> sinceHeartbeat;
    private final Duration tooLong;
    private final InstantSource clock;
    private Instant trustedFrom = Instant.MIN;

    /**
     * The log of this consumer.
     *
     * @param extents where the logs begin and end
     * @param sinceHeartbeat how long ago the group answered last
     * @param tooLong how long that may be while Kafka is reachable
     */
    public KafkaSessionLog(
            Consumer<String, byte[]> consumer,
            Extents extents,
            Supplier<Duration> sinceHeartbeat,
            Duration tooLong,
            InstantSource clock) {
        this.consumer = consumer;
        this.extents = extents;
        this.sinceHeartbeat = sinceHeartbeat;
        this.tooLong = tooLong;
        this.clock = clock;
    }

    /** Reads what {@link SessionLog} answers. */
    interface Extents {
        Map<Integer, Extent> of(Collection<Integer> shards);

        OptionalLong committed(int shard);
    }

    @Override
    public Map<Integer, Extent> extents(Collection<Integer> shards) {
        return extents.of(shards);
    }

    /** Notices an outage; to be called often. */
    void watch() {
        if (sinceHeartbeat.get().compareTo(tooLong) > 0) {
            trustedFrom = clock.instant().plus(CATCH_UP);
        }
    }

    @Override
    public OptionalLong applied(int shard) {
        return extents.committed(shard);
    }

    @Override
    public void seek(int shard, long offset) {
        consumer.seek(SessionConsumer.partition(shard), offset);
    }

    @Override
    public Set<Integer> exhausted(Map<Integer, Long> next) {
        Instant now = clock.instant();
        try {
            Map<Integer, Extent> found = extents(next.keySet());
            if (now.isBefore(trustedFrom)) {
                return Set.of();
            }
            return next.entrySet().stream()
                    .filter(shard -> isAtEnd(found.get(shard.getKey()), shard.getValue()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        } catch (PresenceUnavailable e) {
            LOG.debug("no grace ends while Kafka does not answer", e);
            trustedFrom = now.plus(CATCH_UP);
            return Set.of();
        }
    }

    private static boolean isAtEnd(@Nullable Extent extent, long next) {
        return extent != null && next >= extent.end();
    }
}
