package dev.dunlin.presence.kafka;

import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
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
 * Writes what is to be kept of users, of each the newest, until Kafka has it. On a thread that
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
    private final Map<UserId, Waiting> waiting = new LinkedHashMap<>();
    private boolean writing;
    private volatile boolean closed;

    private record Waiting(int shard, StoredUser user) {}

    /** A record on its way. */
    private record Sent(UserId id, Waiting what, Future<RecordMetadata> written) {}

    /** @param lost called for each change that is dropped because too many wait */
    StoredUsersWriter(Producer<String, byte[]> producer, Runnable lost) {
        this.producer = producer;
        this.lost = lost;
    }

    synchronized void add(int shard, Map<UserId, StoredUser> users) {
        users.forEach((id, user) -> {
            waiting.remove(id);
            if (waiting.size() < MOST) {
                waiting.put(id, new Waiting(shard, user));
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
        for (Map<UserId, Waiting> batch = next(); !batch.isEmpty(); batch = next()) {
            write(batch);
        }
    }

    private synchronized Map<UserId, Waiting> next() {
        Map<UserId, Waiting> batch = new LinkedHashMap<>();
        Iterator<Map.Entry<UserId, Waiting>> all = waiting.entrySet().iterator();
        while (!closed && all.hasNext() && batch.size() < BATCH) {
            Map.Entry<UserId, Waiting> one = all.next();
            batch.put(one.getKey(), one.getValue());
            all.remove();
        }
        writing = !batch.isEmpty();
        return batch;
    }

    private synchronized void again(UserId id, Waiting what) {
        waiting.putIfAbsent(id, what);
    }

    private void write(Map<UserId, Waiting> batch) {
        List<Sent> sent = new ArrayList<>();
        batch.forEach((id, what) -> sent.add(new Sent(id, what, producer.send(record(id, what)))));
        boolean failed = false;
        for (Sent one : sent) {
            try {
                var unused = one.written().get();
            } catch (ExecutionException | KafkaException e) {
                LOG.debugf("writing %s again: %s", one.id(), e.toString());
                again(one.id(), one.what());
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

    private static ProducerRecord<String, byte[]> record(UserId id, Waiting what) {
        StoredUser user = what.user();
        boolean nothing = user.lastSeen() == null && user.choice() == null && user.visibleTo() == null;
        return new ProducerRecord<>(Topics.PRESENCE_USERS, what.shard(), id.value(), nothing ? null : Json.write(user));
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
