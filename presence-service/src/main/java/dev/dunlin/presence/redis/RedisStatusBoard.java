package dev.dunlin.presence.redis;

import dev.dunlin.presence.status.Standing;
import dev.dunlin.presence.status.StatusBoard;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.PresenceShard;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The statuses of users: four commands for each of their shards, pipelined. */
@Singleton
final class RedisStatusBoard implements StatusBoard {
    private static final int COMMANDS = 4;

    private final PinnedRedis redis;

    RedisStatusBoard(PinnedRedis redis) {
        this.redis = redis;
    }

    @Override
    public List<Standing> find(List<UserId> users) {
        Map<Integer, List<UserId>> shards = new LinkedHashMap<>();
        users.forEach(user -> shards.computeIfAbsent(PresenceShard.of(user), any -> new ArrayList<>())
                .add(user));
        List<Request> requests = new ArrayList<>(COMMANDS * shards.size());
        shards.forEach((shard, some) -> {
            Keys keys = new Keys(shard);
            Request entries = Request.cmd(Command.HMGET).arg(keys.users());
            Request chosen = Request.cmd(Command.HMGET).arg(keys.chosen());
            Request seen = Request.cmd(Command.ZMSCORE).arg(keys.seen());
            for (UserId user : some) {
                entries.arg(user.value());
                chosen.arg(user.value());
                seen.arg(user.value());
            }
            // The state last: a rebuild that begins in between is seen.
            Request state = Request.cmd(Command.HGET).arg(keys.meta()).arg("state");
            requests.addAll(List.of(entries, chosen, seen, state));
        });
        List<Response> answers = redis.send(requests);
        Map<UserId, Standing> found = new LinkedHashMap<>();
        int at = 0;
        for (List<UserId> some : shards.values()) {
            for (int i = 0; i < some.size(); i++) {
                found.put(some.get(i), standing(some.get(i), answers.subList(at, at + COMMANDS), i));
            }
            at += COMMANDS;
        }
        return users.stream()
                .map(user -> Objects.requireNonNull(found.get(user)))
                .toList();
    }

    private static Standing standing(UserId user, List<Response> shard, int i) {
        Response entry = shard.get(0).get(i);
        Response chosen = shard.get(1).get(i);
        Response seen = shard.get(2).get(i);
        return new Standing(
                user,
                shard.get(3) != null,
                entry == null ? null : EntryText.read(entry.toString()),
                ChosenText.read(chosen == null ? null : chosen.toString()),
                seen == null ? null : seen.toLong());
    }
}
