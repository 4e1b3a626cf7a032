package dev.dunlin.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.client.rest.Http;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
    private final List<String> given = new ArrayList<>();
    private final List<Runnable> asked = new ArrayList<>();
    private Instant now = Instant.ofEpochSecond(1_000_000);
    private Duration life = Duration.ofHours(1);
    private final TokenCache cache = new TokenCache(this::give, () -> now, asked::add);

    @Test
    void aTokenIsKeptUntilAheadOfItsEnd() {
        String first = answer(cache.current());
        now = now.plus(life).minusSeconds(76);
        assertThat(cache.current()).isCompletedWithValue(first);
        now = now.plusSeconds(2);
        assertThat(answer(cache.current())).isNotEqualTo(first);
    }

    @Test
    void aShortLivedTokenIsKeptForHalfOfItsLife() {
        life = Duration.ofSeconds(60);
        answer(cache.current());
        assertThat(cache.refreshIn()).contains(Duration.ofSeconds(30));
    }

    @Test
    void whoeverWaitsForANewTokenGetsTheSame() {
        CompletableFuture<String> one = cache.renew();
        CompletableFuture<String> other = cache.current();
        answer(one);
        assertThat(other).isCompletedWithValue(one.join());
        assertThat(given).hasSize(1);
    }

    @Test
    void aSourceThatFailedIsAskedAgain() {
        life = Duration.ZERO;
        CompletableFuture<String> failed = cache.current();
        asked.remove(0).run();
        assertThat(failed).isCompletedExceptionally();
        life = Duration.ofHours(1);
        assertThat(answer(cache.current())).isNotEmpty();
    }

    @Test
    void aTokenTellsWhoseItIsAndWhatIsNoneTellsNothing() {
        assertThat(TokenCache.userOf(answer(cache.current()))).contains(new UserId("alice"));
        assertThat(TokenCache.userOf("opaque")).isEmpty();
    }

    @Test
    void whatIsNoTokenFailsWithASentenceThatDoesNotQuoteIt() {
        assertThat(refusalOf(null)).contains("null");
        assertThat(refusalOf(" ")).contains("empty text");
        assertThat(refusalOf("{\"token\":\"secret\"}")).contains("JSON object").doesNotContain("secret");
        assertThat(refusalOf("<html>\nsecret")).contains("characters").doesNotContain("secret");
    }

    private static String refusalOf(@Nullable String returned) {
        TokenCache cache = new TokenCache(() -> notAToken(returned), Instant::now, Runnable::run);
        CompletableFuture<String> token = cache.current();
        assertThat(token).isCompletedExceptionally();
        Throwable failure = token.handle((none, why) -> Http.cause(why)).join();
        assertThat(failure)
                .isInstanceOfSatisfying(
                        RequestFailed.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAUTHENTICATED));
        return String.valueOf(failure.getMessage());
    }

    @SuppressWarnings("NullAway") // as a source without null checks would
    private static String notAToken(@Nullable String returned) {
        return returned;
    }

    private String answer(CompletableFuture<String> token) {
        asked.remove(0).run();
        return token.join();
    }

    private String give() throws IOException {
        if (life.isZero()) {
            throw new IOException("not now");
        }
        byte[] claims = Json.write(
                Map.of("sub", "alice", "exp", now.plus(life).getEpochSecond(), "jti", String.valueOf(given.size())));
        String token = "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims) + ".sig";
        given.add(token);
        return token;
    }
}
