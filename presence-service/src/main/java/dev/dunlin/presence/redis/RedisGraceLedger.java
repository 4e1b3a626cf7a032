package dev.dunlin.presence.redis;

import dev.dunlin.presence.sweep.GraceLedger;
import dev.dunlin.protocol.UserId;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The users in their grace, in {@code presence:due}. */
@Singleton
final class RedisGraceLedger implements GraceLedger {
    private final PinnedRedis redis;

    RedisGraceLedger(PinnedRedis redis) {
        this.redis = redis;
    }

    @Override
    public Outcome expire(Instant now, int limit) {
        Request find = Request.cmd(Command.ZRANGE)
                .arg(Keys.DUE)
                .arg("-inf")
                .arg(now.toEpochMilli())
                .arg("BYSCORE")
                .arg("LIMIT")
                .arg(0)
                .arg(limit);
        List<UserId> due = StreamSupport.stream(redis.one(find).spliterator(), false)
                .map(user -> new UserId(user.toString()))
                .toList();
        List<Response> answers = redis.send(
                due.stream().map(user -> GoOffline.request(user, now)).toList());
        int offline = (int) answers.stream()
                .filter(answer -> GoOffline.Outcome.of(answer) == GoOffline.Outcome.OFFLINE)
                .count();
        return new Outcome(due.size(), offline);
    }

    @Override
    public long online() {
        @Nullable
        Response count =
                redis.send(List.of(Request.cmd(Command.GET).arg(Keys.ONLINE))).getFirst();
        return count == null ? 0 : count.toLong();
    }
}
