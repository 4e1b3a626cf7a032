package dev.dunlin.push.delivery.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to a receiver that a notification is authentic, unchanged and recent:
 * {@code t=<seconds>,v1=<hex of HMAC-SHA256(secret, t + "." + body)>}. A receiver compares
 * {@code v1} in constant time, and refuses a {@code t} that is minutes old.
 */
final class Signature {
    static final String HEADER = "Dunlin-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** The headers of a signed POST of JSON. */
    static Map<String, String> headers(String secret, Instant now, byte[] body) {
        return Map.of("Content-Type", "application/json", HEADER, of(secret, now, body));
    }

    static String of(String secret, Instant now, byte[] body) {
        String seconds = Long.toString(now.getEpochSecond());
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
            mac.update((seconds + ".").getBytes(UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
