package dev.dunlin.presence;

import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.PresenceBatch;
import dev.dunlin.protocol.bus.SessionsWanted;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.kafka.PresenceShard;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.pubsub.PubSubCommands.RedisSubscriber;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What is published about a user, and asked of nodes, from now on. */
public final class Watch implements AutoCloseable {
    private final UserId user;
    private final List<UserPresence> changes = new CopyOnWriteArrayList<>();
    private final List<SessionsWanted> asked = new CopyOnWriteArrayList<>();
    private final RedisSubscriber batches;
    private final RedisSubscriber questions;

    /** Subscribes; what is published after the return is seen. */
    public Watch(RedisDataSource redis, UserId user) {
        this.user = user;
        batches = redis.pubsub(byte[].class)
                .subscribe(BusChannel.ofPresence(PresenceShard.of(user)).name(), this::take);
        questions = redis.pubsub(byte[].class).subscribe(BusChannel.SESSIONS_WANTED.name(), this::asked);
    }

    private void take(byte[] batch) {
        read(batch, PresenceBatch.class).changes().stream()
                .filter(change -> change.user().equals(user))
                .forEach(changes::add);
    }

    private void asked(byte[] wanted) {
        asked.add(read(wanted, SessionsWanted.class));
    }

    private static <T> T read(byte[] bytes, Class<T> type) {
        try {
            return Json.read(bytes, type);
        } catch (InvalidInput e) {
            throw new IllegalStateException(e);
        }
    }

    /** The changes so far, oldest first. */
    public List<UserPresence> changes() {
        return List.copyOf(changes);
    }

    /** What nodes were asked for so far. */
    public List<SessionsWanted> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        batches.unsubscribe();
        questions.unsubscribe();
    }
}
