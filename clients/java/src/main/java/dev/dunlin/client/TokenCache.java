package dev.dunlin.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a token until ahead of its {@code exp}, and asks for another once for all who wait. A token
 * whose end cannot be read is good until it is refused. Thread-safe; does not block.
 */
public final class TokenCache {
    /**
     * How long ahead of its end a token counts as used up (the server warns 60 s ahead), at most
     * half of its life.
     */
    private static final Duration AHEAD = Duration.ofSeconds(75);

    private final TokenSource source;
    private final InstantSource clock;
    private final Executor executor;
    private @Nullable Held held;
    private @Nullable CompletableFuture<String> asking;

    private record Held(String token, @Nullable Instant renewAt) {}

    /** {@code executor} runs what may block. */
    public TokenCache(TokenSource source, InstantSource clock, Executor executor) {
        this.source = source;
        this.clock = clock;
        this.executor = executor;
    }

    /**
     * The token that is held if it is good for a while, or else a fresh one. Fails as the source
     * does.
     */
    public CompletableFuture<String> current() {
        Held now = held();
        boolean good = now != null && (now.renewAt == null || clock.instant().isBefore(now.renewAt));
        return now != null && good ? CompletableFuture.completedFuture(now.token) : renew();
    }

    /** A fresh token, whatever the one that is held is worth. Fails as the source does. */
    public CompletableFuture<String> renew() {
        CompletableFuture<String> fresh = new CompletableFuture<>();
        synchronized (this) {
            if (asking != null) {
                return asking.copy();
            }
            asking = fresh;
        }
        executor.execute(() -> ask(fresh));
        return fresh.copy();
    }

    /**
     * How long the token that is held need not be renewed; empty if there is none, or it does not
     * say.
     */
    public Optional<Duration> refreshIn() {
        Held now = held();
        if (now == null || now.renewAt == null) {
            return Optional.empty();
        }
        Duration left = Duration.between(clock.instant(), now.renewAt);
        return Optional.of(left.isNegative() ? Duration.ZERO : left);
    }

    /** Whom a JWT stands for; empty if that cannot be read. */
    public static Optional<UserId> userOf(String jwt) {
        try {
            return Optional.of(new UserId(claims(jwt).path("sub").asText()));
        } catch (IllegalArgumentException notAUser) {
            return Optional.empty();
        }
    }

    private void ask(CompletableFuture<String> fresh) {
        try {
            String token = source.fetch();
            InvalidToken.check(token);
            settle(new Held(token, renewAt(token)));
            fresh.complete(token);
        } catch (IOException | RuntimeException e) {
            settle(null);
            fresh.completeExceptionally(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            settle(null);
            fresh.completeExceptionally(new IOException("interrupted while a token was fetched", e));
        }
    }

    private synchronized @Nullable Held held() {
        return held;
    }

    private synchronized void settle(@Nullable Held fetched) {
        asking = null;
        if (fetched != null) {
            held = fetched;
        }
    }

    private @Nullable Instant renewAt(String jwt) {
        JsonNode exp = claims(jwt).path("exp");
        if (!exp.isNumber()) {
            return null;
        }
        Instant end = Instant.ofEpochSecond(exp.asLong());
        Duration half = Duration.between(clock.instant(), end).dividedBy(2);
        return end.minus(half.compareTo(AHEAD) < 0 ? half : AHEAD);
    }

    private static JsonNode claims(String jwt) {
        String[] parts = jwt.split("\\.", -1);
        if (parts.length != 3) {
            return MissingNode.getInstance();
        }
        try {
            return Json.parse(Base64.getUrlDecoder().decode(parts[1]));
        } catch (IllegalArgumentException | InvalidInput notAJwt) {
            return MissingNode.getInstance();
        }
    }
}
