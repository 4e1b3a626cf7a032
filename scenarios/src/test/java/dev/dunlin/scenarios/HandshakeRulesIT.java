package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.RawHttp;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 4.2.1, byte by byte: at a node and through the gateway. */
@OnSharedSuite
class HandshakeRulesIT {
    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    private static final String VERSION = "Sec-WebSocket-Version: 13";
    private static final String UPGRADE = "Upgrade: websocket";
    private static final String CONNECTION = "Connection: Upgrade";

    private final Suite suite;
    private final String token;

    HandshakeRulesIT(Suite suite) {
        this.suite = suite;
        this.token = suite.stack().userToken("alice");
    }

    private URI origin(String where) {
        return where.equals("node") ? suite.node(1) : suite.gateway();
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "gateway"})
    void aGoodHandshakeGets101(String where) throws IOException {
        assertThat(get(where, KEY, VERSION, UPGRADE, CONNECTION)).startsWith("HTTP/1.1 101");
        assertThat(get(where, KEY, VERSION, "Upgrade: h2c, WebSocket", "Connection: keep-alive, UPGRADE"))
                .startsWith("HTTP/1.1 101");
        assertThat(get(where, KEY, VERSION, "Upgrade: h2c", UPGRADE, "Connection: keep-alive", CONNECTION))
                .startsWith("HTTP/1.1 101");
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "gateway"})
    void whoDoesNotAskForAWebSocketLearnsHowTo(String where) throws IOException {
        for (List<String> headers : List.of(
                List.of(KEY, VERSION),
                List.of(KEY, VERSION, CONNECTION),
                List.of(KEY, VERSION, UPGRADE),
                List.of(KEY, VERSION, "Upgrade: h2c", CONNECTION),
                List.of(KEY, VERSION, "Upgrade: websocketx", CONNECTION),
                List.of(KEY, VERSION, UPGRADE, "Connection: keep-alive"))) {
            assertThat(get(where, headers.toArray(String[]::new)))
                    .as(headers.toString())
                    .startsWith("HTTP/1.1 426")
                    .containsIgnoringCase("\r\nupgrade: websocket\r\n")
                    .contains("application/problem+json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "gateway"})
    void aWrongVersionIsAnsweredWithTheRightOne(String where) throws IOException {
        for (List<String> version : List.of(
                List.of("Sec-WebSocket-Version: 8"),
                List.of(VERSION, "Sec-WebSocket-Version: 8"),
                List.of("X-No: 13"))) {
            String[] headers = version.toArray(String[]::new);
            assertThat(get(where, KEY, UPGRADE, CONNECTION, String.join("\r\n", headers)))
                    .startsWith("HTTP/1.1 426")
                    .containsIgnoringCase("\r\nsec-websocket-version: 13\r\n")
                    .containsIgnoringCase("\r\nupgrade: websocket\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "gateway"})
    void aBrokenKeyIsABadRequest(String where) throws IOException {
        for (String key : List.of(
                "X-No-Key: x",
                "Sec-WebSocket-Key: ",
                "Sec-WebSocket-Key: short",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZSE=",
                KEY + "\r\n" + KEY)) {
            assertThat(get(where, key, VERSION, UPGRADE, CONNECTION))
                    .as(key)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "gateway"})
    void anotherMethodOrVersionOfHttpIsRefused(String where) throws IOException {
        for (String method : List.of("POST", "PUT", "HEAD", "DELETE")) {
            assertThat(head(where, method + " /v1/ws HTTP/1.1", KEY, VERSION, UPGRADE, CONNECTION))
                    .as(method)
                    .startsWith("HTTP/1.1 405")
                    .containsIgnoringCase("\r\nallow: GET, OPTIONS\r\n");
        }
        assertThat(head(where, "GET /v1/ws HTTP/1.0", KEY, VERSION, UPGRADE, CONNECTION))
                .contains(" 426 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "gateway"})
    void subprotocolsOnTwoLinesAreOneList(String where) throws IOException {
        String offered = "Sec-WebSocket-Protocol: ";
        for (String lines : List.of(
                offered + "dunlin.v1, bearer." + token,
                offered + "dunlin.v1\r\n" + offered + "bearer." + token,
                offered + "bearer." + token + "\r\n" + offered + "x\r\n" + offered + "dunlin.v1")) {
            assertThat(RawHttp.head(
                            origin(where), "GET /v1/ws?auto=false HTTP/1.1", KEY, VERSION, UPGRADE, CONNECTION, lines))
                    .startsWith("HTTP/1.1 101")
                    .containsIgnoringCase("\r\nsec-websocket-protocol: dunlin.v1\r\n");
        }
    }

    private String get(String where, String... headers) throws IOException {
        return head(where, "GET /v1/ws?auto=false HTTP/1.1", headers);
    }

    private String head(String where, String request, String... headers) throws IOException {
        return RawHttp.head(origin(where), request, String.join("\r\n", headers), "Authorization: Bearer " + token);
    }
}
