package dev.dunlin.presence.redis;

import dev.dunlin.presence.status.StatusBoard;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.kafka.PresenceShard;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statuses of users: three commands for each of their shards, pipelined. */
@Singleton
final class RedisStatusBoard implements StatusBoard {
    private static final int COMMANDS = 3;

    private final PinnedRedis redis;

    RedisStatusBoard(PinnedRedis redis) {
        this.redis = redis;
    }

    @Override
    public List<UserPresence> find(List<UserId> users) {
        Map<Integer, List<UserId>> shards = new LinkedHashMap<>();
        users.forEach(user -> shards.computeIfAbsent(PresenceShard.of(user), any -> new ArrayList<>())
                .add(user));
        List<Request> requests = new ArrayList<>(COMMANDS * shards.size());
        shards.forEach((shard, some) -> {
            Keys keys = new Keys(shard);
            // The state last: a rebuild that begins in between is seen.
            Request entries = Request.cmd(Command.HMGET).arg(keys.users());
            Request seen = Request.cmd(Command.ZMSCORE).arg(keys.seen());
            some.forEach(user -> {
                entries.arg(user.value());
                seen.arg(user.value());
            });
            requests.add(entries);
            requests.add(seen);
            requests.add(Request.cmd(Command.HGET).arg(keys.meta()).arg("state"));
        });
        List<Response> answers = redis.send(requests);
        Map<UserId, UserPresence> found = new LinkedHashMap<>();
        int at = 0;
        for (List<UserId> some : shards.values()) {
            boolean ready = answers.get(at + 2) != null;
            for (int i = 0; i < some.size(); i++) {
                UserId user = some.get(i);
                found.put(
                        user,
                        presence(
                                user,
                                answers.get(at).get(i),
                                answers.get(at + 1).get(i),
                                ready));
            }
            at += COMMANDS;
        }
        return users.stream().map(user -> shown(found, user)).toList();
    }

    private static UserPresence shown(Map<UserId, UserPresence> found, UserId user) {
        UserPresence presence = found.get(user);
        if (presence == null) {
            throw new IllegalStateException("no shard has " + user);
        }
        return presence;
    }

    private static UserPresence presence(
            UserId user, @Nullable Response entry, @Nullable Response seen, boolean ready) {
        if (entry != null) {
            return new UserPresence(user, EntryText.status(entry.toString()), null);
        }
        return new UserPresence(user, ready ? Status.OFFLINE : Status.UNKNOWN, seen == null ? null : seen.toLong());
    }
}
