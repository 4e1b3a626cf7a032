package dev.dunlin.push.delivery.webpush;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dunlin.protocol.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;

/**
 * The {@code Authorization} header of RFC 8292. A token is for one push service (its origin) and is
 * used for half of its life. That saves signatures, and push services that cache tokens see few of
 * them. At most {@value #MOST_ORIGINS} tokens are kept. Thread-safe.
 */
public final class Vapid {
    /** The RFC allows 24 hours; half of that tolerates clocks that differ. */
    private static final Duration LIFE = Duration.ofHours(12);

    private static final int MOST_ORIGINS = 256;

    private record Token(String header, Instant renewAt) {}

    private final LinkedHashMap<String, Token> tokens = new LinkedHashMap<>();
    private final VapidKey key;
    private final String subject;
    private final Clock clock;

    /** {@code subject}: who runs this suite, {@code mailto:} or {@code https:}. */
    public Vapid(VapidKey key, String subject, Clock clock) {
        this.key = key;
        this.subject = subject;
        this.clock = clock;
    }

    /** The key that browsers subscribe with. */
    public String publicKey() {
        return key.publicKey();
    }

    synchronized String authorization(String origin) {
        Instant now = clock.instant();
        Token token = tokens.get(origin);
        if (token == null || !now.isBefore(token.renewAt())) {
            tokens.remove(origin);
            if (tokens.size() >= MOST_ORIGINS) {
                tokens.pollFirstEntry();
            }
            token = new Token(header(origin, now), now.plus(LIFE.dividedBy(2)));
            tokens.put(origin, token);
        }
        return token.header();
    }

    private String header(String origin, Instant now) {
        ObjectNode claims = Json.mapper().createObjectNode();
        claims.put("aud", origin);
        claims.put("exp", now.plus(LIFE).getEpochSecond());
        claims.put("sub", subject);
        String signed =
                base64("{\"typ\":\"JWT\",\"alg\":\"ES256\"}".getBytes(US_ASCII)) + "." + base64(Json.write(claims));
        return "vapid t=" + signed + "." + base64(key.sign(signed.getBytes(US_ASCII))) + ", k=" + key.publicKey();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
