package dev.dunlin.push.delivery.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignatureTest {
    /**
     * From {@code printf '%s' '1700000000.{"a":1}' | openssl dgst -sha256 -hmac a-secret-of-16-b}.
     */
    @Test
    void itIsWhatOpensslSays() {
        assertThat(Signature.of("a-secret-of-16-b", Instant.ofEpochSecond(1_700_000_000), "{\"a\":1}".getBytes(UTF_8)))
                .isEqualTo("t=1700000000,v1=448990cf2ce86cc286d760d409ce227b9594eaf59ab772d453e1240d812ad943");
    }

    /** The example of the documentation, also by openssl. */
    @Test
    void theExampleOfTheDocumentationIsSigned() {
        String body = "{\"type\":\"notification\",\"user\":\"bob\",\"channel\":\"group:eng\",\"seq\":7,\"id\":\"m7\","
                + "\"from\":\"alice\",\"ts\":1767225600000,\"data\":{\"text\":\"lunch?\"}}";
        Instant sent = Instant.ofEpochSecond(1_767_225_602);
        assertThat(Signature.of("0123456789abcdef0123456789abcdef", sent, body.getBytes(UTF_8)))
                .isEqualTo("t=1767225602,v1=63c779b3640f7eb894a6efac3ce6cd87488fe2361bbe0317039dc872b6c43ec6");
    }
}
