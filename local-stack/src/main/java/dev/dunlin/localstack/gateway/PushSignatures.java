package dev.dunlin.localstack.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Checks what push-service signs with, as a browser's push service and a webhook do. */
final class PushSignatures {
    private static final Duration MOST_TOKEN_LIFE = Duration.ofHours(24);
    private static final Duration MOST_AGE = Duration.ofMinutes(5);
    private static final Pattern VAPID = Pattern.compile("vapid t=([\\w-]+\\.([\\w-]+))\\.([\\w-]+), ?k=([\\w-]+)");
    private static final Pattern HMAC = Pattern.compile("t=([0-9]{1,12}),v1=([0-9a-f]{64})");
    private static final String ALGORITHM = "HmacSHA256";

    private final Clock clock;

    PushSignatures(Clock clock) {
        this.clock = clock;
    }

    /**
     * Whether the header is a VAPID token of RFC 8292 for {@code origin} that its key signed and
     * that ends within 24 hours. Whose key it is does not matter here.
     */
    boolean isVapid(String authorization, String origin) {
        Matcher token = VAPID.matcher(authorization);
        if (!token.matches()) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            verifier.initVerify(key(decoded(token.group(4))));
            verifier.update(token.group(1).getBytes(US_ASCII));
            if (!verifier.verify(decoded(token.group(3)))) {
                return false;
            }
            JsonNode claims = Json.parse(decoded(token.group(2)));
            Duration left = Duration.between(
                    clock.instant(), Instant.ofEpochSecond(claims.path("exp").asLong()));
            return origin.equals(claims.path("aud").textValue())
                    && left.isPositive()
                    && left.compareTo(MOST_TOKEN_LIFE) <= 0;
        } catch (GeneralSecurityException | IllegalArgumentException | InvalidInput e) {
            return false;
        }
    }

    /** Whether {@code Dunlin-Signature} belongs to the body and is not older than 5 minutes. */
    boolean isOfWebhook(@Nullable String header, String secret, byte[] body) {
        Matcher signature = HMAC.matcher(header == null ? "" : header);
        if (!signature.matches()) {
            return false;
        }
        Instant at = Instant.ofEpochSecond(Long.parseLong(signature.group(1)));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
            mac.update((signature.group(1) + ".").getBytes(US_ASCII));
            return MessageDigest.isEqual(mac.doFinal(body), HexFormat.of().parseHex(signature.group(2)))
                    && Duration.between(at, clock.instant()).abs().compareTo(MOST_AGE) < 0;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An uncompressed point of P-256. */
    private static PublicKey key(byte[] point) throws GeneralSecurityException {
        if (point.length != 65 || point[0] != 4) {
            throw new IllegalArgumentException("not an uncompressed point of P-256");
        }
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint place = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(point, 1, 33)),
                new BigInteger(1, Arrays.copyOfRange(point, 33, 65)));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(place, curve.getParameterSpec(ECParameterSpec.class)));
    }

    private static byte[] decoded(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
