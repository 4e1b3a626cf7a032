package dev.dunlin.presence;

import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.frame.UserPresence;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.pubsub.PubSubCommands.RedisSubscriber;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is published about a user from now on. */
public final class Watch implements AutoCloseable {
    private final List<UserPresence> changes = new CopyOnWriteArrayList<>();
    private final RedisSubscriber subscriber;

    /** Subscribes; what is published after the return is seen. */
    public Watch(RedisDataSource redis, UserId user) {
        subscriber =
                redis.pubsub(byte[].class).subscribe(BusChannel.ofPresence(user).name(), this::take);
    }

    private void take(byte[] change) {
        try {
            changes.add(Json.read(change, UserPresence.class));
        } catch (InvalidInput e) {
            throw new IllegalStateException(e);
        }
    }

    /** The changes so far, oldest first. */
    public List<UserPresence> changes() {
        return List.copyOf(changes);
    }

    @Override
    public void close() {
        subscriber.unsubscribe();
    }
}
