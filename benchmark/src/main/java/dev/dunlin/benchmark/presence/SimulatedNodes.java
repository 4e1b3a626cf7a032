package dev.dunlin.benchmark.presence;

import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.RedisKeys;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.kafka.PresenceShard;
import dev.dunlin.protocol.kafka.SessionEvent;
import dev.dunlin.protocol.kafka.Topics;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Connection nodes that exist only as their leases and their records of sessions: the same as real
 * ones write, without the links. Thread-safe.
 */
final class SimulatedNodes implements AutoCloseable {
    private static final int NODES = 16;

    private final KafkaProducer<String, byte[]> producer;
    private final RedisInfo redis;
    private final ScheduledExecutorService leases = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong at = new AtomicLong(System.currentTimeMillis());
    private final AtomicLong failed = new AtomicLong();

    SimulatedNodes(String kafka, int redisPort) throws IOException {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "linger.ms", 25, "batch.size", 65_536, "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
        redis = new RedisInfo(redisPort);
        renew();
        var unused = leases.scheduleAtFixedRate(this::renew, 5, 5, TimeUnit.SECONDS);
    }

    private void renew() {
        try {
            for (int node = 0; node < NODES; node++) {
                String lease = RedisKeys.nodeLease(node(node));
                String taken = redis.ask("SET " + lease + " alive PX 15000");
                String listed =
                        redis.ask("ZADD " + RedisKeys.NODES + " " + System.currentTimeMillis() + " " + node(node));
                if (taken.isEmpty() || listed.isEmpty()) {
                    failed.incrementAndGet();
                }
            }
        } catch (IOException e) {
            failed.incrementAndGet();
        }
    }

    private static NodeId node(int number) {
        return new NodeId("simulated-" + number + ".1");
    }

    /** A user's session, of the {@code life}th time that the user connects. */
    void say(SessionEvent.Kind kind, int user, int life) {
        UserId id = user(user);
        SessionEvent event = new SessionEvent(
                kind,
                new SessionId("session-" + user + "-" + life),
                id,
                node((user + life) % NODES),
                at.incrementAndGet(),
                Device.WEB);
        var unused = producer.send(
                new ProducerRecord<>(Topics.SESSION_EVENTS, PresenceShard.of(id), id.value(), Json.write(event)),
                (written, failure) -> {
                    if (failure != null) {
                        failed.incrementAndGet();
                    }
                });
    }

    static UserId user(int number) {
        return new UserId("user-" + number);
    }

    /** Waits until all is written. */
    void flush() {
        producer.flush();
    }

    /** Records and renewals that failed: there should be none. */
    long failed() {
        return failed.get();
    }

    @Override
    public void close() throws IOException {
        leases.shutdownNow();
        producer.close();
        redis.close();
    }
}
