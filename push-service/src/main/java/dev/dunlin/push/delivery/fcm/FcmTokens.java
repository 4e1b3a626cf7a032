package dev.dunlin.push.delivery.fcm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.push.delivery.KeyFile;
import dev.dunlin.push.delivery.ProviderClient;
import dev.dunlin.push.delivery.ProviderClient.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The access token of the service account (RFC 7523). One thread renews it after 80 % of its life;
 * the others use the old one meanwhile. After a failure nobody asks again for a moment. Blocks for
 * the first token. Thread-safe.
 */
final class FcmTokens {
    private static final Logger LOG = Logger.getLogger(FcmTokens.class);
    private static final String GRANT = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=";
    private static final double RENEW_AT = 0.8;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final KeyFile<ServiceAccount> accounts;
    private final ProviderClient client;
    private final Clock clock;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile @Nullable Token token;
    private volatile Failed failed = new Failed("", Instant.MIN);

    FcmTokens(KeyFile<ServiceAccount> accounts, ProviderClient client, Clock clock) {
        this.accounts = accounts;
        this.client = client;
        this.clock = clock;
    }

    /** The result of {@link #access}. */
    sealed interface Access {}

    /** A token, and the account that it was granted to. */
    record Token(ServiceAccount account, String value, Instant renewAt, Instant expiresAt) implements Access {}

    /** There is no token. */
    record Failed(String reason, Instant until) implements Access {}

    Access access() {
        ServiceAccount account = accounts.current();
        Token known = usable(account);
        if (known != null && clock.instant().isBefore(known.renewAt())) {
            return known;
        }
        if (known != null && !renewing.tryLock()) {
            return known;
        }
        if (known == null) {
            renewing.lock();
        }
        try {
            return renewed(account);
        } finally {
            renewing.unlock();
        }
    }

    /** FCM refused the token: it is not used again. */
    void refused(Token refused) {
        renewing.lock();
        try {
            if (refused.equals(token)) {
                token = null;
                accounts.suspect();
            }
        } finally {
            renewing.unlock();
        }
    }

    private @Nullable Token usable(ServiceAccount account) {
        Token known = token;
        return known != null && known.account() == account && clock.instant().isBefore(known.expiresAt())
                ? known
                : null;
    }

    /** With the lock; another thread may have renewed it meanwhile. */
    private Access renewed(ServiceAccount account) {
        Token known = usable(account);
        Instant now = clock.instant();
        if (known != null && now.isBefore(known.renewAt())) {
            return known;
        }
        Failed last = failed;
        Access asked = now.isBefore(last.until()) ? last : ask(account, now);
        switch (asked) {
            case Token granted -> token = granted;
            case Failed failure -> failed = failure;
        }
        return asked instanceof Failed && known != null ? known : asked;
    }

    private Access ask(ServiceAccount account, Instant now) {
        Reply reply = client.post(
                account.tokenUri(),
                Map.of("content-type", "application/x-www-form-urlencoded"),
                (GRANT + account.assertion(now)).getBytes(US_ASCII));
        return switch (reply) {
            case Reply.Unanswered(String reason) -> failure(reason);
            case Reply.Answered answer -> read(account, answer, now);
        };
    }

    private Access read(ServiceAccount account, Reply.Answered answer, Instant now) {
        JsonNode body;
        try {
            body = Json.parse(answer.body().getBytes(UTF_8));
        } catch (InvalidInput e) {
            return failure("status " + answer.status());
        }
        String value = body.path("access_token").asText("");
        long seconds = body.path("expires_in").asLong(0);
        if (answer.status() != 200 || value.isEmpty() || seconds <= 0) {
            accounts.suspect();
            String error = body.path("error").asText("");
            return failure(error.matches("[a-z_]{1,64}") ? error : "status " + answer.status());
        }
        return new Token(account, value, now.plusSeconds((long) (seconds * RENEW_AT)), now.plusSeconds(seconds));
    }

    private Failed failure(String reason) {
        LOG.errorf("FCM: no access token: %s", reason);
        return new Failed("no access token: " + reason, clock.instant().plus(AFTER_FAILURE));
    }
}
