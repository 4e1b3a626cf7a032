package dev.dunlin.presence.kafka;

import dev.dunlin.presence.owner.StoredUsers;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.kafka.StoredUser;
import dev.dunlin.protocol.kafka.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * What is kept of users in {@link Topics#PRESENCE_USERS}; the partition is the shard. Reads on a
 * thread that lasts as long as there is something to read. Thread-safe.
 */
public final class KafkaStoredUsers implements StoredUsers, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KafkaStoredUsers.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** How many parts wait to be taken: bounds what a large topic takes in memory. */
    private static final int MOST_PARTS = 64;

    private final StoredUsersWriter writer;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final BlockingQueue<Part> parts = new ArrayBlockingQueue<>(MOST_PARTS);
    private final BlockingQueue<Wanted> wanted = new LinkedBlockingQueue<>();
    private volatile boolean closed;
    private boolean reading;

    private record Wanted(int shard, long reign) {}

    /**
     * @param consumers makes a consumer of no group, which starts at the beginning
     * @param lost called for each change that is dropped because Kafka takes none for too long
     */
    public KafkaStoredUsers(
            Producer<String, byte[]> producer, Supplier<Consumer<String, byte[]>> consumers, Runnable lost) {
        this.writer = new StoredUsersWriter(producer, lost);
        this.consumers = consumers;
    }

    @Override
    public void keep(int shard, Map<StoredUser.Key, StoredUser> changed) {
        writer.add(shard, changed);
    }

    @Override
    public void read(int shard, long reign) {
        wanted.add(new Wanted(shard, reign));
        startReading();
    }

    @Override
    public List<Part> take() {
        List<Part> taken = new ArrayList<>();
        parts.drainTo(taken);
        return taken;
    }

    private synchronized void startReading() {
        if (!reading) {
            reading = true;
            Thread.ofVirtual().name("stored-users").start(this::run);
        }
    }

    private synchronized boolean finished() {
        reading = !wanted.isEmpty() && !closed;
        return !reading;
    }

    private void run() {
        Map<Integer, Long> left = new HashMap<>();
        do {
            try (Consumer<String, byte[]> consumer = consumers.get()) {
                read(consumer, left);
            } catch (KafkaException e) {
                LOG.debugf("reading again: %s", e.toString());
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } while (!closed && (!left.isEmpty() || !finished()));
    }

    /** Reads what is wanted, all of it from the start. */
    private void read(Consumer<String, byte[]> consumer, Map<Integer, Long> left) throws InterruptedException {
        List<Wanted> asked = new ArrayList<>();
        wanted.drainTo(asked);
        asked.forEach(one -> left.put(one.shard(), one.reign()));
        Set<TopicPartition> partitions =
                left.keySet().stream().map(KafkaStoredUsers::partition).collect(Collectors.toSet());
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (!left.isEmpty() && wanted.isEmpty() && !closed) {
            ConsumerRecords<String, byte[]> polled = consumer.poll(POLL);
            for (TopicPartition partition : polled.partitions()) {
                put(new Part(
                        partition.partition(),
                        left.getOrDefault(partition.partition(), 0L),
                        fields(polled.records(partition)),
                        false));
            }
            for (TopicPartition partition : consumer.assignment()) {
                Long reign = left.get(partition.partition());
                if (reign != null && consumer.position(partition) >= ends.getOrDefault(partition, 0L)) {
                    put(new Part(partition.partition(), reign, List.of(), true));
                    left.remove(partition.partition());
                }
            }
        }
    }

    private void put(Part part) throws InterruptedException {
        while (!closed && !parts.offer(part, POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("waiting until parts are taken");
        }
    }

    private static List<Kept> fields(List<ConsumerRecord<String, byte[]>> records) {
        List<Kept> fields = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                fields.add(new Kept(
                        StoredUser.Key.parse(record.key()),
                        record.value() == null ? StoredUser.NOTHING : Json.read(record.value(), StoredUser.class)));
            } catch (InvalidInput | IllegalArgumentException e) {
                LOG.errorf("skipped %s-%d@%d: %s", record.topic(), record.partition(), record.offset(), e.getMessage());
            }
        }
        return fields;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE); // Kafka did not answer
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static TopicPartition partition(int shard) {
        return new TopicPartition(Topics.PRESENCE_USERS, shard);
    }

    /** Stops reading and writing. */
    @Override
    public void close() {
        closed = true;
        writer.close();
    }
}
