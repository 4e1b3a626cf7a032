package dev.dunlin.connection.ticket.redis;

import dev.dunlin.connection.ticket.Tickets;
import dev.dunlin.edge.Refusal;
import dev.dunlin.protocol.ErrorCode;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The string {@code ticket:{ticket}}: the token; expires after 30 s, and GETDEL lets it be read once. */
public final class RedisTickets implements Tickets {
    private static final Pattern TICKET = Pattern.compile("[A-Za-z0-9_-]{32}");
    private static final Duration WITHIN = Duration.ofSeconds(3);

    private final Redis redis;
    private final SecureRandom random;

    public RedisTickets(Redis redis, SecureRandom random) {
        this.redis = redis;
        this.random = random;
    }

    @Override
    public String issue(String token) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var unused = send(
                Request.cmd(Command.SET).arg(key(ticket)).arg(token).arg("PX").arg(LIFETIME.toMillis()));
        return ticket;
    }

    @Override
    public Optional<String> redeem(String ticket) {
        if (!TICKET.matcher(ticket).matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(send(Request.cmd(Command.GETDEL).arg(key(ticket))))
                .map(Response::toString);
    }

    private static String key(String ticket) {
        return "ticket:" + ticket;
    }

    private @Nullable Response send(Request request) {
        try {
            return redis.send(request)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away();
        } catch (ExecutionException | TimeoutException e) {
            throw away();
        }
    }

    private static Refusal away() {
        return new Refusal(ErrorCode.UNAVAILABLE, "tickets cannot be read or written now", Duration.ofSeconds(1));
    }
}
