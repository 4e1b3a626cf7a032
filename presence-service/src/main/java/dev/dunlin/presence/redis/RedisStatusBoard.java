package dev.dunlin.presence.redis;

import dev.dunlin.presence.status.StatusBoard;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statuses of users: two commands for each thousand users, pipelined. */
@Singleton
final class RedisStatusBoard implements StatusBoard {
    private static final int PER_COMMAND = 1_000;

    private final PinnedRedis redis;

    RedisStatusBoard(PinnedRedis redis) {
        this.redis = redis;
    }

    @Override
    public List<UserPresence> find(List<UserId> users) {
        List<Request> requests = new ArrayList<>();
        for (int from = 0; from < users.size(); from += PER_COMMAND) {
            List<UserId> part = users.subList(from, Math.min(users.size(), from + PER_COMMAND));
            Request statuses = Request.cmd(Command.MGET);
            Request seen = Request.cmd(Command.HMGET).arg(Keys.SEEN);
            for (UserId user : part) {
                statuses.arg(Keys.status(user));
                seen.arg(user.value());
            }
            requests.add(statuses);
            requests.add(seen);
        }
        List<Response> responses = redis.send(requests);
        List<UserPresence> found = new ArrayList<>(users.size());
        for (int i = 0; i < users.size(); i++) {
            int command = 2 * (i / PER_COMMAND);
            found.add(presence(
                    users.get(i),
                    responses.get(command).get(i % PER_COMMAND),
                    responses.get(command + 1).get(i % PER_COMMAND)));
        }
        return found;
    }

    private static UserPresence presence(UserId user, @Nullable Response status, @Nullable Response seen) {
        if (status == null) {
            return new UserPresence(user, Status.OFFLINE, seen == null ? null : seen.toLong());
        }
        return new UserPresence(user, status.toString().equals("away") ? Status.AWAY : Status.ONLINE, null);
    }
}
