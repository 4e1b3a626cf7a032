package dev.dunlin.message.testing;

import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.BusMessage;
import dev.dunlin.protocol.frame.ServerFrame;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.pubsub.PubSubCommands.RedisSubscriber;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Listens on channels of the bus, as a node does. */
public final class Bus implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
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
        try {
            byte[] payload = received.poll(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            if (payload == null) {
                throw new AssertionError("no payload within " + DEADLINE);
            }
            return payload;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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
