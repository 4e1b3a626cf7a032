package dev.dunlin.edge.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which port serves which path, and the headers of every answer. */
@QuarkusTest
@WithTestResource(EnginesTestResource.class)
@SuppressWarnings("NullAway.Init") // fields are injected
class TwoPortsIT {
    @TestHTTPResource("/")
    URI open;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/who",
                "/internal",
                "//internal/who",
                "/%69nternal/who",
                "/x/../internal/who",
                "/x/%2e%2e/internal/who",
                "/internal;a=b/who",
                "/;a=b/internal/who",
                "/INTERNAL/who",
                "/internal%2fwho"
            })
    void internalPathsAreUnknownOnThePublicPort(String path) throws IOException {
        assertThat(head(open, path, "")).startsWith("HTTP/1.1 404");
        assertThat(head(
                        open,
                        path,
                        "Host: localhost:" + management.getPort() + "\r\nX-Forwarded-Port: "
                                + management.getPort()
                                + "\r\nForwarded: for=127.0.0.1;proto=http\r\n"))
                .startsWith("HTTP/1.1 404");
    }

    @Test
    void managementPortServesInternalPathsWithTheirBodies() {
        given().header("Authorization", "Bearer " + TestTokens.internal("push"))
                .contentType("application/json")
                .body("{\"word\":\"a\"}")
                .post(management.resolve("/internal/words"))
                .then()
                .statusCode(200)
                .body("word", Matchers.equalTo("a"));
    }

    @Test
    void healthIsOnTheManagementPortOnlyAndTheApiOnThePublicOne() throws IOException {
        assertThat(head(management, "/q/health", "")).startsWith("HTTP/1.1 200");
        assertThat(head(open, "/q/health", "")).startsWith("HTTP/1.1 404");
        assertThat(head(management, "/channels/group:eng", "")).startsWith("HTTP/1.1 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/channels/group:eng", "/nothing", "/busy", "/internal/who"})
    void everyAnswerSaysToBrowsersWhatItIsNot(String path) throws IOException {
        assertThat(head(open, path, authorization()).toLowerCase(java.util.Locale.ROOT))
                .contains(
                        "cache-control: no-store\r\n",
                        "x-content-type-options: nosniff\r\n",
                        "referrer-policy: no-referrer\r\n",
                        "content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n");
    }

    @Test
    void preflightNamesWhatMayBeSent() throws IOException {
        String headers = String.join(
                "\r\n",
                "Origin: https://chat.example.org",
                "Access-Control-Request-Method: DELETE",
                "Access-Control-Request-Headers: authorization,idempotency-key,last-event-id",
                "");
        String answer = head("OPTIONS", open, "/channels/group:eng", headers);
        assertThat(answer).startsWith("HTTP/1.1 204");
        assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                .contains(
                        "access-control-allow-origin: https://chat.example.org\r\n",
                        "access-control-allow-credentials: true\r\n",
                        "access-control-allow-methods: get, post, put, patch, delete\r\n",
                        "access-control-allow-headers: authorization, content-type, idempotency-key, last-event-id,"
                                + " traceparent\r\n",
                        "vary: origin\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/channels/group:eng", "/busy", "/broken", "/nothing"})
    void pageOfANamedOriginReadsEveryAnswerWithAndWithoutAToken(String path) throws IOException {
        for (String token : new String[] {"", authorization()}) {
            assertThat(head(open, path, token + "Origin: https://chat.example.org\r\n")
                            .toLowerCase(java.util.Locale.ROOT))
                    .contains(
                            "access-control-allow-origin: https://chat.example.org\r\n",
                            "access-control-allow-credentials: true\r\n",
                            "retry-after",
                            "vary: origin\r\n");
        }
    }

    @Test
    void anyPortOfLocalhostMayCallAndSendsNoCookies() throws IOException {
        assertThat(head(open, "/busy", authorization() + "Origin: http://localhost:5173\r\n")
                        .toLowerCase(java.util.Locale.ROOT))
                .contains("access-control-allow-origin: http://localhost:5173\r\n")
                .doesNotContain("allow-credentials");
    }

    @Test
    void pageOfAnotherOriginReadsNothing() throws IOException {
        String origin = "Origin: https://evil.example\r\n";
        assertThat(head(open, "/busy", authorization() + origin).toLowerCase(java.util.Locale.ROOT))
                .startsWith("http/1.1 503")
                .contains("vary: origin\r\n")
                .doesNotContain("access-control-");
        assertThat(head("OPTIONS", open, "/busy", origin + "Access-Control-Request-Method: POST\r\n")
                        .toLowerCase(java.util.Locale.ROOT))
                .startsWith("http/1.1 403")
                .doesNotContain("access-control-");
    }

    @Test
    void portWithoutTlsSpeaksNoHttp2() throws IOException {
        String upgrade =
                "Connection: close, Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
        assertThat(head(open, "/busy", authorization() + upgrade)).startsWith("HTTP/1.1 503");
        try (Socket socket = new Socket("localhost", open.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
            byte[] answer = socket.getInputStream().readNBytes(9);
            assertThat(answer.length == 0 || answer[3] != 4)
                    .as("a frame of SETTINGS")
                    .isTrue();
        }
    }

    private static String authorization() {
        return "Authorization: Bearer " + TestTokens.user("alice") + "\r\n";
    }

    private static String head(URI at, String path, String headers) throws IOException {
        return head("GET", at, path, headers);
    }

    /** Writes to a socket: HTTP clients normalise paths and refuse some headers. */
    private static String head(String method, URI at, String path, String headers) throws IOException {
        String host = headers.contains("Host:") ? "" : "Host: localhost\r\n";
        try (Socket socket = new Socket("localhost", at.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\n" + host + headers
                                    + (headers.contains("Connection:") ? "" : "Connection: close\r\n")
                                    + "\r\n")
                            .getBytes(ISO_8859_1));
            StringBuilder answer = new StringBuilder();
            while (answer.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                assertThat(next).as(answer.toString()).isNotNegative();
                answer.append((char) next);
            }
            return answer.toString();
        }
    }
}
