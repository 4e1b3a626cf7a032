package dev.dunlin.localstack.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The gateway's receiver of webhooks, and the log of all that was sent. */
class PushLogIT extends EndpointTest {
    @Test
    void theLogShowsWhatWasSentAndWhetherItsSignatureIsValid() throws Exception {
        send(request(PUSH).PUT(BodyPublishers.noBody()));
        KeyPair keys = keys();
        String origin = origin();
        send(push("encrypted")
                .header("Topic", "a")
                .header("Urgency", "high")
                .header("Authorization", vapid(keys, origin, 3600)));
        send(push("x").header("Authorization", vapid(keys, "http://else.example", 3600)));
        send(push("x").header("Authorization", vapid(keys, origin, 90_000)));
        send(push("x").header("Authorization", vapid(keys, origin, -1)));

        try (Events log = listen("/dev/push/log")) {
            JsonNode first = entry(log);
            assertThat(first.path("kind").asText()).isEqualTo("webpush");
            assertThat(first.path("at").asLong()).isEqualTo(now.toEpochMilli());
            assertThat(first.path("to").asText()).isEqualTo(ID.substring(0, 6));
            assertThat(first.path("status").asInt()).isEqualTo(201);
            assertThat(first.path("bytes").asInt()).isEqualTo("encrypted".length());
            assertThat(first.path("urgency").asText()).isEqualTo("high");
            assertThat(first.path("topic").asText()).isEqualTo("a");
            assertThat(first.path("ttl").asLong()).isEqualTo(60);
            assertThat(first.path("signed").booleanValue()).isTrue();
            for (int wrong = 0; wrong < 3; wrong++) {
                JsonNode entry = entry(log);
                assertThat(entry.path("status").asInt()).isEqualTo(403);
                assertThat(entry.path("signed").isBoolean()).isTrue();
                assertThat(entry.path("signed").booleanValue()).isFalse();
            }
            send(push("live"));
            assertThat(entry(log).has("signed")).isFalse();
        }
    }

    @Test
    void aWebhookRepeatsTheChallengeAndIsLoggedWithItsJson() throws Exception {
        try (Events log = listen("/dev/push/log")) {
            HttpResponse<String> answer = send(post(HOOK, "{\"type\":\"challenge\",\"challenge\":\"abc\"}"));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Json.parse(answer.body().getBytes(UTF_8)))
                    .isEqualTo(Json.parse("{\"challenge\":\"abc\"}".getBytes(UTF_8)));
            assertThat(entry(log).path("kind").asText()).isEqualTo("webhook");

            assertThat(send(post(HOOK, "{\"type\":\"notification\",\"seq\":7}")).statusCode())
                    .isEqualTo(204);
            JsonNode unsigned = entry(log);
            assertThat(unsigned.path("json").path("seq").asInt()).isEqualTo(7);
            assertThat(unsigned.has("signed")).isFalse();
            expect(send(post(HOOK, "no JSON")), 400, "not JSON");
        }
    }

    @Test
    void aWebhookWhoseSecretIsKnownMustBeSigned() throws Exception {
        String secret = "a secret of the test";
        assertThat(send(request(HOOK).PUT(BodyPublishers.ofString("{\"secret\":\"" + secret + "\"}")))
                        .statusCode())
                .isEqualTo(204);
        expect(send(request(HOOK).PUT(BodyPublishers.ofString("{}"))), 400, "secret: is required");
        expect(send(request(HOOK)), 405, "this method is not allowed");
        long seconds = now.getEpochSecond();
        try (Events log = listen("/dev/push/log")) {
            assertThat(send(post(HOOK, "{}").header("Dunlin-Signature", signature(secret, seconds, "{}")))
                            .statusCode())
                    .isEqualTo(204);
            assertThat(entry(log).path("signed").booleanValue()).isTrue();
            for (String wrong : List.of(
                    signature("another secret", seconds, "{}"),
                    signature(secret, seconds, "{ }"),
                    signature(secret, seconds - 600, "{}"),
                    "none")) {
                expect(send(post(HOOK, "{}").header("Dunlin-Signature", wrong)), 403, "Dunlin-Signature: is not");
                assertThat(entry(log).path("signed").isBoolean()).isTrue();
            }
        }
    }

    private static JsonNode entry(Events log) throws IOException, InvalidInput {
        return Json.parse(log.next("sent").getBytes(UTF_8));
    }

    private static KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private String vapid(KeyPair keys, String audience, long seconds) throws Exception {
        long end = now.getEpochSecond() + seconds;
        String token = base64("{\"typ\":\"JWT\",\"alg\":\"ES256\"}".getBytes(US_ASCII))
                + "."
                + base64(("{\"aud\":\"" + audience + "\",\"exp\":" + end + "}").getBytes(US_ASCII));
        Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
        signer.initSign(keys.getPrivate());
        signer.update(token.getBytes(US_ASCII));
        byte[] key = ((ECPublicKey) keys.getPublic()).getEncoded();
        // The last 65 bytes of its X.509 form are the point.
        String point = base64(Arrays.copyOfRange(key, key.length - 65, key.length));
        return "vapid t=" + token + "." + base64(signer.sign()) + ", k=" + point;
    }

    private static String signature(String secret, long seconds, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        byte[] sum = mac.doFinal((seconds + "." + body).getBytes(UTF_8));
        return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(sum);
    }
}
