package dev.dunlin.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Keeps a token until shortly before its {@code exp}. Thread-safe; does not block. */
public final class TokenCache {
    private static final Duration MARGIN = Duration.ofSeconds(70);

    private final TokenSource source;
    private final InstantSource clock;
    private final Executor executor;
    private @Nullable String token;

    /** {@code executor} runs what may block. */
    public TokenCache(TokenSource source, InstantSource clock, Executor executor) {
        this.source = source;
        this.clock = clock;
        this.executor = executor;
    }

    /** A token that is good for a minute or more as far as it says itself, or else a fresh one. */
    public CompletableFuture<String> current() {
        String kept = kept();
        return kept != null && isGood(kept) ? CompletableFuture.completedFuture(kept) : renew();
    }

    /** A fresh token. */
    public CompletableFuture<String> renew() {
        CompletableFuture<String> fresh = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                String fetched = source.fetch();
                keep(fetched);
                fresh.complete(fetched);
            } catch (IOException | RuntimeException e) {
                fresh.completeExceptionally(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fresh.completeExceptionally(new CompletionException(e));
            }
        });
        return fresh;
    }

    private synchronized @Nullable String kept() {
        return token;
    }

    private synchronized void keep(String fetched) {
        token = fetched;
    }

    private boolean isGood(String kept) {
        return expiry(kept)
                .map(end -> clock.instant().plus(MARGIN).isBefore(end))
                .orElse(false);
    }

    private static Optional<Instant> expiry(String jwt) {
        String[] parts = jwt.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode claims = Json.parse(Base64.getUrlDecoder().decode(parts[1]));
            return Optional.of(claims.path("exp"))
                    .filter(JsonNode::isNumber)
                    .map(exp -> Instant.ofEpochSecond(exp.asLong()));
        } catch (IllegalArgumentException | InvalidInput notAJwt) {
            return Optional.empty();
        }
    }
}
