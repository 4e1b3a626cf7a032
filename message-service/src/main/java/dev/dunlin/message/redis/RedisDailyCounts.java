package dev.dunlin.message.redis;

import dev.dunlin.message.invite.DailyCounts;
import dev.dunlin.protocol.UserId;
import io.micrometer.core.instrument.Counter;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Counters in Redis, {@code {daily}:KIND:USER:DAY}, all in one slot of a cluster, since a batch
 * goes to one node. They expire two days after their last change. While Redis is unreachable
 * nothing is counted, with a warning and a metric.
 */
public final class RedisDailyCounts implements DailyCounts {
    private static final Logger LOG = Logger.getLogger(RedisDailyCounts.class);
    private static final Duration KEPT = Duration.ofDays(2);

    private final Redis redis;
    private final Duration timeout;
    private final Counter uncounted;

    /** {@code uncounted} counts the calls that Redis did not answer within {@code timeout}. */
    public RedisDailyCounts(Redis redis, Duration timeout, Counter uncounted) {
        this.redis = redis;
        this.timeout = timeout;
        this.uncounted = uncounted;
    }

    @Override
    public Optional<List<Long>> add(Kind kind, List<UserId> users, LocalDate day) {
        List<Request> requests = new ArrayList<>(2 * users.size());
        for (UserId user : users) {
            String key = "{daily}:" + kind.name().toLowerCase(Locale.ROOT) + ":" + user + ":" + day;
            requests.add(Request.cmd(Command.INCR).arg(key));
            requests.add(Request.cmd(Command.EXPIRE).arg(key).arg(KEPT.toSeconds()));
        }
        try {
            List<Response> responses = redis.batch(requests)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.of(IntStream.range(0, users.size())
                    .mapToObj(i -> responses.get(2 * i).toLong())
                    .toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return uncounted("interrupted");
        } catch (ExecutionException | TimeoutException e) {
            return uncounted(e.toString());
        }
    }

    private Optional<List<Long>> uncounted(String why) {
        uncounted.increment();
        LOG.warnf("daily limits are not enforced, because Redis did not answer: %s", why);
        return Optional.empty();
    }
}
