package dev.dunlin.push.delivery.webpush;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class VapidTest {
    private static final Pattern HEADER = Pattern.compile("vapid t=([^.]+)\\.([^.]+)\\.([^,]+), k=(.+)");

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong hours = new AtomicLong();
    private final Clock clock =
            ((InstantSource) () -> START.plus(Duration.ofHours(hours.get()))).withZone(ZoneOffset.UTC);

    @Test
    void theTokenIsSignedAndSaysForWhomAndForHowLong() throws GeneralSecurityException, InvalidInput {
        KeyPair pair = Pems.newKeyPair();
        Vapid vapid = new Vapid(VapidKey.ofPem(Pems.of(pair)), "mailto:ops@dunlin.example", clock);

        Matcher header = HEADER.matcher(vapid.authorization("https://push.example"));
        assertThat(header.matches()).isTrue();
        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(pair.getPublic());
        verifier.update((header.group(1) + "." + header.group(2)).getBytes(US_ASCII));
        assertThat(verifier.verify(Base64.getUrlDecoder().decode(header.group(3))))
                .isTrue();
        assertThat(header.group(4)).isEqualTo(vapid.publicKey());
        assertThat(decode(header.group(1))).isEqualTo("{\"typ\":\"JWT\",\"alg\":\"ES256\"}");
        JsonNode claims = Json.parse(decode(header.group(2)).getBytes(UTF_8));
        assertThat(claims.get("aud").textValue()).isEqualTo("https://push.example");
        assertThat(claims.get("sub").textValue()).isEqualTo("mailto:ops@dunlin.example");
        assertThat(Instant.ofEpochSecond(claims.get("exp").longValue()))
                .isAfter(START)
                .isBeforeOrEqualTo(START.plus(Duration.ofHours(24)));
    }

    @Test
    void aTokenIsUsedAgainForItsOriginUntilHalfOfItsLifeIsOver() throws GeneralSecurityException {
        Vapid vapid = new Vapid(VapidKey.ofPem(Pems.of(Pems.newKeyPair())), "mailto:ops@dunlin.example", clock);
        String first = vapid.authorization("https://push.example");
        hours.set(5);
        assertThat(vapid.authorization("https://push.example")).isEqualTo(first);
        assertThat(vapid.authorization("https://other.example")).isNotEqualTo(first);
        hours.set(6);
        assertThat(vapid.authorization("https://push.example")).isNotEqualTo(first);
    }

    private static String decode(String part) {
        return new String(Base64.getUrlDecoder().decode(part), UTF_8);
    }
}
