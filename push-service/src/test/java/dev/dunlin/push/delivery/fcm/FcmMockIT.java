package dev.dunlin.push.delivery.fcm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.engines.testing.FcmEndpoint;
import dev.dunlin.protocol.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The mock of FCM, by a client that shares no code with the gateway: so the two are not only right
 * about each other.
 */
class FcmMockIT {
    private final Path directory;
    private final FcmEndpoint google;

    FcmMockIT(@TempDir Path directory) throws IOException {
        this.directory = directory;
        this.google = FcmEndpoint.start(directory);
    }

    @AfterEach
    void stop() {
        google.close();
    }

    @Test
    void theMockAcceptsAnotherClientAndRefusesItsForgeries() throws Exception {
        KeyPair key = google.account(directory.resolve("other.json"));
        String kid = Json.mapper()
                .readTree(directory.resolve("other.json").toFile())
                .path("private_key_id")
                .asText();
        google.device("phone");
        try (HttpClient other =
                HttpClient.newBuilder().sslContext(google.certificate().trust()).build()) {
            Instant now = Clock.systemUTC().instant();
            assertThat(grant(other, assertion(key, kid, google.tokenUri(), now, 3_601))
                            .body())
                    .contains("more than an hour");
            assertThat(grant(other, assertion(key, kid, "https://elsewhere.example", now, 3_600))
                            .body())
                    .contains("a wrong aud");
            assertThat(grant(other, assertion(key, "x", google.tokenUri(), now, 3_600))
                            .body())
                    .contains("an unknown key");
            assertThat(grant(other, assertion(key, kid, google.tokenUri(), now.minusSeconds(7_200), 3_600))
                            .body())
                    .contains("exp in the past");
            HttpResponse<String> granted = grant(other, assertion(key, kid, google.tokenUri(), now, 3_600));
            assertThat(granted.statusCode()).isEqualTo(200);
            String token =
                    Json.mapper().readTree(granted.body()).path("access_token").asText();
            assertThat(send(other, token, "{\"token\":\"phone\",\"notification\":{\"title\":\"hi\"}}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send(other, token, "{\"token\":\"phone\",\"sound\":\"x\"}")
                            .body())
                    .contains("Unknown name", "message.sound");
            assertThat(send(other, token, "{\"token\":\"phone\",\"data\":{\"seq\":7}}")
                            .body())
                    .contains("Invalid value at 'message.data'");
            assertThat(send(other, token, "{\"token\":\"phone\",\"data\":{\"from\":\"alice\"}}")
                            .body())
                    .contains("Invalid data payload key: from");
            assertThat(send(other, "forged", "{\"token\":\"phone\"}").statusCode())
                    .isEqualTo(401);
        }
        assertThat(google.received()).hasSize(1);
    }

    private HttpResponse<String> grant(HttpClient client, String assertion) throws Exception {
        String form = "grant_type="
                + URLEncoder.encode("urn:ietf:params:oauth:grant-type:jwt-bearer", UTF_8)
                + "&assertion=" + assertion;
        return client.send(
                HttpRequest.newBuilder(URI.create(google.tokenUri()))
                        .header("content-type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> send(HttpClient client, String token, String message) throws Exception {
        return client.send(
                HttpRequest.newBuilder(
                                URI.create("https://" + google.host() + "/v1/projects/dunlin-test/messages:send"))
                        .header("authorization", "Bearer " + token)
                        .POST(BodyPublishers.ofString("{\"message\":" + message + "}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private String assertion(KeyPair key, String kid, String audience, Instant issued, int seconds) throws Exception {
        String content = base64("{\"alg\":\"RS256\",\"kid\":\"%s\"}".formatted(kid)) + "."
                + base64("""
                        {"iss":"%s","scope":"https://www.googleapis.com/auth/firebase.messaging","aud":"%s","iat":%d,"exp":%d}""".formatted(
                                google.email(), audience, issued.getEpochSecond(), issued.getEpochSecond() + seconds));
        Signature signer = Signature.getInstance("SHA256withRSA");
        signer.initSign(key.getPrivate());
        signer.update(content.getBytes(UTF_8));
        return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
