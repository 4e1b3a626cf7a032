package dev.dunlin.presence.kafka;

import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.kafka.StoredUser;
import dev.dunlin.protocol.kafka.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Writes what is to be kept of users, of each key the newest, until Kafka has it. On a thread that
 * lasts as long as there is something to write. Thread-safe.
 */
final class StoredUsersWriter implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StoredUsersWriter.class);
    private static final int BATCH = 500;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Bounds what a long outage of Kafka costs. */
    private static final int MOST = 100_000;

    private final Producer<String, byte[]> producer;
    private final Runnable lost;
    private final Map<StoredUser.Key, Waiting> waiting = new LinkedHashMap<>();
    private boolean writing;
    private volatile boolean closed;

    private record Waiting(int shard, StoredUser value) {}

    /** A record on its way. */
    private record Sent(StoredUser.Key key, Waiting what, Future<RecordMetadata> written) {}

    /** @param lost called for each change that is dropped because too many wait */
    StoredUsersWriter(Producer<String, byte[]> producer, Runnable lost) {
        this.producer = producer;
        this.lost = lost;
    }

    synchronized void add(int shard, Map<StoredUser.Key, StoredUser> changed) {
        changed.forEach((key, value) -> {
            waiting.remove(key);
            if (waiting.size() < MOST) {
                waiting.put(key, new Waiting(shard, value));
            } else {
                lost.run();
            }
        });
        if (!writing && !waiting.isEmpty()) {
            writing = true;
            Thread.ofVirtual().name("stored-users-writer").start(this::run);
        }
    }

    private void run() {
        for (Map<StoredUser.Key, Waiting> batch = next(); !batch.isEmpty(); batch = next()) {
            write(batch);
        }
    }

    private synchronized Map<StoredUser.Key, Waiting> next() {
        Map<StoredUser.Key, Waiting> batch = new LinkedHashMap<>();
        Iterator<Map.Entry<StoredUser.Key, Waiting>> all = waiting.entrySet().iterator();
        while (!closed && all.hasNext() && batch.size() < BATCH) {
            Map.Entry<StoredUser.Key, Waiting> one = all.next();
            batch.put(one.getKey(), one.getValue());
            all.remove();
        }
        writing = !batch.isEmpty();
        return batch;
    }

    private synchronized void again(StoredUser.Key key, Waiting what) {
        waiting.putIfAbsent(key, what);
    }

    private void write(Map<StoredUser.Key, Waiting> batch) {
        List<Sent> sent = new ArrayList<>();
        batch.forEach((key, what) -> sent.add(new Sent(key, what, producer.send(record(key, what)))));
        boolean failed = false;
        for (Sent one : sent) {
            try {
                var unused = one.written().get();
            } catch (ExecutionException | KafkaException e) {
                LOG.debugf("writing %s again: %s", one.key().text(), e.toString());
                again(one.key(), one.what());
                failed = true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        if (failed) {
            pause();
        }
    }

    private static ProducerRecord<String, byte[]> record(StoredUser.Key key, Waiting what) {
        StoredUser value = what.value();
        return new ProducerRecord<>(
                Topics.PRESENCE_USERS,
                what.shard(),
                key.text(),
                value.equals(StoredUser.NOTHING) ? null : Json.write(value));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE); // Kafka did not answer
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops after the batch under way. */
    @Override
    public void close() {
        closed = true;
    }
}
