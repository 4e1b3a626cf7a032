package dev.dunlin.message.testing;

import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.BusMessage;
import dev.dunlin.protocol.frame.ServerFrame;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.pubsub.PubSubCommands.RedisSubscriber;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Listens on channels of the bus, as a node does. */
public final class Bus implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private final Queue<byte[]> received = new ConcurrentLinkedQueue<>();
    private final RedisSubscriber subscriber;

    public Bus(RedisDataSource redis, BusChannel... channels) {
        subscriber = redis.pubsub(byte[].class)
                .subscribe(Stream.of(channels).map(BusChannel::name).toList(), received::add);
    }

    /** The next bus message; fails if none comes. */
    public BusMessage next() throws InvalidInput {
        return BusMessage.decode(nextPayload());
    }

    /** The frame of the next bus message. */
    public ServerFrame nextFrame() throws InvalidInput {
        return Json.read(next().frame(), ServerFrame.class);
    }

    /** The next payload, whatever it is. */
    public byte[] nextPayload() {
        Awaitility.await().atMost(DEADLINE).until(() -> !received.isEmpty());
        return received.remove();
    }

    /** How many payloads nobody took. */
    public int pending() {
        return received.size();
    }

    @Override
    public void close() {
        subscriber.unsubscribe();
    }
}
