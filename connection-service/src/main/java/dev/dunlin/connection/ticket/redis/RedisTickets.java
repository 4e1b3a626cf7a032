package dev.dunlin.connection.ticket.redis;

import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.ticket.Tickets;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.TokenGrants;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The string {@code ticket:{ticket}} holds the token's identity, not the token. It expires after 30
 * s, and GETDEL lets it be read once. The sorted set {@code tickets:{user}} holds the user's live
 * tickets by their expiry (ms). A ticket is counted before it is stored, so there are never more
 * than the limit; one that could not be stored counts until it would have expired.
 */
public final class RedisTickets implements Tickets {
    private static final Pattern TICKET = Pattern.compile("[A-Za-z0-9_-]{32}");
    private static final Duration WITHIN = Duration.ofSeconds(3);

    private final Redis redis;
    private final SecureRandom random;
    private final InstantSource clock;
    private final int perUser;

    /** {@code perUser}: the limit of live tickets of one user. */
    public RedisTickets(Redis redis, SecureRandom random, InstantSource clock, int perUser) {
        this.redis = redis;
        this.random = random;
        this.clock = clock;
        this.perUser = perUser;
    }

    /** What Redis stores; times in milliseconds since 1970. */
    @RegisterForReflection(targets = {Kept.class, TokenGrants.ChannelGrant.class})
    record Kept(UserId user, boolean server, List<TokenGrants.ChannelGrant> channels, long issuedAt, long expiresAt) {}

    @Override
    public String issue(Identity identity) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        requireRoom(identity.user(), ticket);
        Kept kept = new Kept(
                identity.user(),
                identity.grants().server(),
                identity.grants().channels(),
                identity.issuedAt(),
                identity.expiresAt());
        var unused = await(redis.send(Request.cmd(Command.SET)
                .arg(key(ticket))
                .arg(Buffer.buffer(Json.write(kept)))
                .arg("PX")
                .arg(LIFETIME.toMillis())));
        return ticket;
    }

    private void requireRoom(UserId user, String ticket) {
        long now = clock.millis();
        List<Response> answers = await(redis.batch(List.of(
                Request.cmd(Command.ZREMRANGEBYSCORE)
                        .arg(live(user))
                        .arg("-inf")
                        .arg(now),
                Request.cmd(Command.ZADD)
                        .arg(live(user))
                        .arg(now + LIFETIME.toMillis())
                        .arg(ticket),
                Request.cmd(Command.ZCARD).arg(live(user)),
                Request.cmd(Command.PEXPIRE).arg(live(user)).arg(LIFETIME.toMillis()))));
        if (answers == null || answers.get(2).toLong() > perUser) {
            forget(user, ticket);
            throw new RefusedException(
                    ErrorCode.RATE_LIMITED, "tickets: a user may have " + perUser + " that are not used yet", LIFETIME);
        }
    }

    @Override
    public Optional<Identity> redeem(String ticket) {
        if (!TICKET.matcher(ticket).matches()) {
            return Optional.empty();
        }
        Response found = await(redis.send(Request.cmd(Command.GETDEL).arg(key(ticket))));
        if (found == null) {
            return Optional.empty();
        }
        try {
            Kept kept = Json.read(found.toBytes(), Kept.class);
            forget(kept.user(), ticket);
            return Optional.of(new Identity(
                    kept.user(), new TokenGrants(kept.server(), kept.channels()), kept.issuedAt(), kept.expiresAt()));
        } catch (InvalidInput e) {
            return Optional.empty(); // written by a node of an older version
        }
    }

    /** Does not wait for Redis: a ticket that stays counts for 30 s at most. */
    private void forget(UserId user, String ticket) {
        var unused = redis.send(Request.cmd(Command.ZREM).arg(live(user)).arg(ticket));
    }

    private static String key(String ticket) {
        return "ticket:" + ticket;
    }

    private static String live(UserId user) {
        return "tickets:" + user.value();
    }

    private static <T> @Nullable T await(Future<T> answer) {
        try {
            return answer.toCompletionStage().toCompletableFuture().get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable();
        } catch (ExecutionException | TimeoutException e) {
            throw unreachable();
        }
    }

    private static RefusedException unreachable() {
        return new RefusedException(
                ErrorCode.UNAVAILABLE, "tickets cannot be read or written now", Duration.ofSeconds(1));
    }
}
