package dev.dunlin.presence.kafka;

import dev.dunlin.presence.PresenceUnavailable;
import dev.dunlin.presence.owner.Arrival;
import dev.dunlin.presence.owner.ShardOwner;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.kafka.PresenceShard;
import dev.dunlin.protocol.kafka.SessionDigest;
import dev.dunlin.protocol.kafka.SessionEvent;
import dev.dunlin.protocol.kafka.SessionList;
import dev.dunlin.protocol.kafka.SessionRecord;
import dev.dunlin.protocol.kafka.StatusChosen;
import dev.dunlin.protocol.kafka.Topics;
import dev.dunlin.protocol.kafka.VisibilityChosen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/**
 * Polls {@link Topics#SESSION_EVENTS}: a partition is a shard, and whoever has the partition owns
 * the shard. Where to read from is stored with the shard; what is committed to Kafka only shows the
 * lag. While Redis does not answer, it polls the same records again.
 *
 * <p>Has a thread of its own, on which the owner does all of its work.
 */
public final class SessionConsumer implements ConsumerRebalanceListener, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SessionConsumer.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    /**
     * The pause after a small batch; what arrives meanwhile forms the next one. A poll and a round
     * trip to Redis cost the same for one event as for a hundred.
     */
    private static final Duration GATHER = Duration.ofMillis(20);

    private static final int LARGE = 100;
    private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(5);
    /** At the topics, while one is not as it must be. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Consumer<String, byte[]> consumer;
    private final List<ShardTopic> topics;
    private final KafkaSessionLog log;
    private final ShardOwner owner;
    private final Runnable unreadable;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    /** The consumer's thread only. */
    private Map<Integer, Long> committed = Map.of();

    private long committedAt = System.nanoTime();

    /**
     * The consumer is this one's from now on, and closed by it.
     *
     * @param unreadable called for each record that is skipped because it cannot be read
     */
    public SessionConsumer(
            Consumer<String, byte[]> consumer,
            List<ShardTopic> topics,
            KafkaSessionLog log,
            ShardOwner owner,
            Runnable unreadable) {
        this.consumer = consumer;
        this.topics = List.copyOf(topics);
        this.log = log;
        this.owner = owner;
        this.unreadable = unreadable;
        this.thread = Thread.ofPlatform().name("sessions").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Whether it continues to take records. Any thread. */
    public boolean running() {
        return thread.isAlive();
    }

    /** Leaves the group. Blocks until then. */
    @Override
    public void close() {
        stopped.countDown();
        consumer.wakeup();
        try {
            thread.join(CLOSE_WITHIN.plus(PAUSE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean stopping() {
        return stopped.getCount() == 0;
    }

    private void run() {
        while (!stopping() && !topics.stream().allMatch(ShardTopic::isReady)) {
            pause(BETWEEN_LOOKS);
        }
        consumer.subscribe(List.of(Topics.SESSION_EVENTS), this);
        Duration quiet = Duration.ZERO;
        while (!stopping()) {
            try {
                quiet = step(quiet);
            } catch (WakeupException e) {
                LOG.debug("woken to stop");
            } catch (PresenceUnavailable e) {
                LOG.debug("trying again", e);
                again();
                quiet = Duration.ZERO;
            } catch (KafkaException e) {
                LOG.warnf("Kafka: %s; continuing", e.toString());
                pause(PAUSE);
            } catch (RuntimeException e) {
                LOG.error("shards are not served; trying again", e);
                again();
                quiet = Duration.ZERO;
            }
        }
        try {
            commit();
            consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
        } catch (KafkaException e) {
            LOG.warnf("leaving the group: %s", e.toString());
        }
    }

    private Duration step(Duration quiet) {
        ConsumerRecords<String, byte[]> poll = consumer.poll(quiet);
        if (!poll.isEmpty()) {
            owner.take(read(poll));
        }
        log.watch();
        Duration next = owner.tick();
        if (System.nanoTime() - committedAt > BETWEEN_COMMITS.toNanos()) {
            commit();
        }
        if (!poll.isEmpty() && poll.count() < LARGE) {
            pause(GATHER);
        }
        return next;
    }

    private Map<Integer, List<Arrival>> read(ConsumerRecords<String, byte[]> poll) {
        Map<Integer, List<Arrival>> arrivals = new HashMap<>();
        for (TopicPartition partition : poll.partitions()) {
            List<Arrival> own = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> record : poll.records(partition)) {
                own.add(read(record));
            }
            arrivals.put(partition.partition(), own);
        }
        return arrivals;
    }

    private Arrival read(ConsumerRecord<String, byte[]> record) {
        try {
            if (record.value() == null) {
                throw new InvalidInput(ErrorCode.BAD_REQUEST, "the record has no value");
            }
            SessionRecord value = Json.read(record.value(), SessionRecord.class);
            if (isHere(value, record.partition())) {
                return new Arrival(record.offset(), value);
            }
            LOG.debugf("%s-%d@%d is of another shard", record.topic(), record.partition(), record.offset());
        } catch (InvalidInput e) {
            unreadable.run();
            LOG.errorf("skipped %s-%d@%d: %s", record.topic(), record.partition(), record.offset(), e.getMessage());
        }
        return new Arrival(record.offset(), null);
    }

    /** Whether its users belong to the shard. Nodes of earlier releases chose other partitions. */
    private static boolean isHere(SessionRecord record, int shard) {
        return switch (record) {
            case SessionEvent event -> PresenceShard.of(event.user()) == shard;
            case SessionList list ->
                list.sessions().stream().allMatch(listed -> PresenceShard.of(listed.user()) == shard);
            case StatusChosen chosen -> PresenceShard.of(chosen.user()) == shard;
            case VisibilityChosen chosen -> PresenceShard.of(chosen.user()) == shard;
            case SessionDigest digest -> true;
        };
    }

    /** What was polled and not applied is polled again. */
    private void again() {
        Set<TopicPartition> assigned = consumer.assignment();
        owner.positions().forEach((shard, next) -> {
            TopicPartition partition = partition(shard);
            if (assigned.contains(partition)) {
                consumer.seek(partition, next);
            }
        });
        pause(PAUSE);
    }

    private void commit() {
        committedAt = System.nanoTime();
        Map<Integer, Long> now = owner.positions();
        if (now.equals(committed)) {
            return;
        }
        committed = now;
        Map<TopicPartition, OffsetAndMetadata> offsets = now.entrySet().stream()
                .collect(Collectors.toMap(
                        next -> partition(next.getKey()), next -> new OffsetAndMetadata(next.getValue())));
        consumer.commitAsync(offsets, (all, failure) -> {
            if (failure != null) {
                LOG.debugf("offsets were not committed: %s", failure.toString());
            }
        });
    }

    private void pause(Duration pause) {
        try {
            boolean unused = stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        owner.assigned(numbers(partitions));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        owner.revoked(numbers(partitions));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        LOG.warnf("lost %d shards to another process", partitions.size());
        owner.revoked(numbers(partitions));
    }

    private static List<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).toList();
    }

    static TopicPartition partition(int shard) {
        return new TopicPartition(Topics.SESSION_EVENTS, shard);
    }
}
