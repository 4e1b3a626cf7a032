package dev.dunlin.localstack.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.engines.supervise.Ports;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway in front of small real servers that stand where the services do. */
class GatewayIT {
    private static final int LARGE = 300_000;
    private static final int NOBODY = 1;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private int gateway;

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void startTheGateway() throws Exception {
        gateway = new Ports(directory.resolve("ports")).port("gateway");
        Upstream away = new Upstream("127.0.0.1", NOBODY, NOBODY);
        GatewayConfig config = new GatewayConfig(
                "127.0.0.1",
                gateway,
                directory.resolve("key"),
                Map.of(
                        Role.CONNECTION, List.of(node("one"), away, node("two")),
                        Role.MESSAGE, List.of(node("message")),
                        Role.PRESENCE, List.of(away),
                        Role.PUSH, List.of(away)));
        await(GatewayMain.start(config, vertx).toCompletionStage().toCompletableFuture());
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        await(vertx.close().toCompletionStage().toCompletableFuture());
    }

    @Test
    void linksAreSpreadOverTheNodesThatAreUp() throws Exception {
        Set<String> nodes = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            nodes.add(send(get("/v1/poll")).headers().firstValue("node").orElseThrow());
        }
        assertThat(nodes).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void aWebSocketCarriesItsSubprotocolAndLargeMessages() throws Exception {
        WebSocketClient sockets =
                vertx.createWebSocketClient(new WebSocketClientOptions().setMaxMessageSize(2 * LARGE));
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("localhost")
                .setPort(gateway)
                .setURI("/v1/ws?auto=false")
                .addSubProtocol("dunlin.v1")
                .addSubProtocol("bearer.abc");
        CompletableFuture<String> echo = new CompletableFuture<>();
        WebSocket socket = await(sockets.connect(options).toCompletionStage().toCompletableFuture());
        socket.textMessageHandler(echo::complete);
        await(socket.writeTextMessage("x".repeat(LARGE)).toCompletionStage().toCompletableFuture());

        assertThat(socket.subProtocol()).isEqualTo("dunlin.v1");
        assertThat(await(echo)).hasSize(LARGE);
    }

    @Test
    void aRefusedWebSocketKeepsItsStatusHeadersAndProblem() {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("localhost")
                .setPort(gateway)
                .setURI("/v1/ws?refuse");

        assertThatThrownBy(() -> await(vertx.createWebSocketClient()
                        .connect(options)
                        .toCompletionStage()
                        .toCompletableFuture()))
                .cause()
                .isInstanceOfSatisfying(UpgradeRejectedException.class, refused -> {
                    assertThat(refused.getStatus()).isEqualTo(401);
                    assertThat(refused.getHeaders().get("WWW-Authenticate")).isEqualTo("Bearer");
                    assertThat(refused.getBody().toString()).isEqualTo("{\"code\":\"unauthenticated\"}");
                });
    }

    @Test
    void anEventStreamComesAsItIsWritten() throws Exception {
        HttpResponse<InputStream> response = client.send(get("/v1/events").build(), BodyHandlers.ofInputStream());
        byte[] first = new byte[6];

        assertThat(response.body().readNBytes(first, 0, first.length)).isEqualTo(first.length);
        assertThat(first).asString().isEqualTo("data:1");
        response.body().close();
    }

    @Test
    void bodyHeadersAndTraceReachTheServiceWithTheClientsAddress() throws Exception {
        HttpResponse<String> response = send(get("/v1/channels/c/messages")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .header("X-Forwarded-For", "203.0.113.9")
                .POST(BodyPublishers.ofString("hello")));

        assertThat(response.body())
                .isEqualTo("POST /v1/channels/c/messages hello 203.0.113.9, 127.0.0.1 "
                        + "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    @Test
    void aServiceThatIsAwayIsAProblemThatSaysWhenToComeBack() throws Exception {
        HttpResponse<String> response = send(get("/v1/presence?user=bob"));

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).contains("\"code\":\"unavailable\"");
    }

    @Test
    void theJwksIsPublishedWithoutThePrivateKey() throws Exception {
        assertThat(send(get("/.well-known/jwks.json")).body())
                .contains("\"kty\":\"RSA\"", "\"alg\":\"RS256\"")
                .doesNotContain("\"d\"", "\"p\"", "\"q\"", "\"dp\"", "\"dq\"", "\"qi\"");
    }

    @Test
    void aPageOfThisMachineGetsATokenAndAnotherSiteDoesNot() throws Exception {
        assertThat(send(wish("alice")).body()).contains("\"token\":\"ey").contains("\"expiresAt\":");
        assertThat(send(wish("alice").header("Origin", "http://localhost:" + gateway))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(wish("alice").header("Origin", "https://evil.example")).statusCode())
                .isEqualTo(403);
        assertThat(send(wish("alice").header("Origin", "http://localhost.evil.example:5173"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(wish("no user")).statusCode()).isEqualTo(400);
        assertThat(send(get("/dev/tokens")).statusCode()).isEqualTo(405);
    }

    @Test
    void aPageOfAnotherPortOfThisMachineGetsATokenAndReadsIt() throws Exception {
        for (String origin : List.of("http://localhost:5173", "http://127.0.0.1:3000")) {
            HttpResponse<String> preflight = send(get("/dev/tokens")
                    .header("Origin", origin)
                    .header("Access-Control-Request-Method", "POST")
                    .header("Access-Control-Request-Headers", "content-type")
                    .method("OPTIONS", BodyPublishers.noBody()));
            assertThat(preflight.statusCode()).isEqualTo(204);
            assertThat(preflight.headers().map())
                    .containsEntry("access-control-allow-origin", List.of(origin))
                    .containsEntry("access-control-allow-methods", List.of("POST"))
                    .containsEntry("access-control-allow-headers", List.of("Content-Type"))
                    .doesNotContainKey("access-control-allow-credentials");
            HttpResponse<String> token = send(wish("alice").header("Origin", origin));
            assertThat(token.statusCode()).isEqualTo(200);
            assertThat(token.headers().map())
                    .containsEntry("access-control-allow-origin", List.of(origin))
                    .containsEntry("vary", List.of("origin"));
        }
        assertThat(send(wish("alice").header("Origin", "https://evil.example"))
                        .headers()
                        .map())
                .doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void nobodyBehindAProxyGetsAToken() throws Exception {
        for (String header : List.of(
                "Forwarded",
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "X-Forwarded-Proto",
                "X-Forwarded-Port",
                "X-Real-IP",
                "Via",
                "CF-Connecting-IP")) {
            assertThat(send(wish("alice").header(header, "127.0.0.1")).statusCode())
                    .as(header)
                    .isEqualTo(403);
        }
    }

    @Test
    void everyAnswerSaysToBrowsersWhatItIsNotAndWhatTheServiceSaysStands() throws Exception {
        for (String path : List.of("/v1/poll", "/v1/presence?user=bob", "/v1/nothing", "/dev/tokens", "/nothing")) {
            assertThat(send(get(path)).headers().map())
                    .as(path)
                    .containsEntry("x-content-type-options", List.of("nosniff"))
                    .containsEntry("referrer-policy", List.of("no-referrer"))
                    .containsEntry("cache-control", List.of("no-store"))
                    .containsEntry(
                            "content-security-policy",
                            List.of(
                                    path.equals("/v1/poll")
                                            ? "from the service"
                                            : "default-src 'none'; frame-ancestors 'none'"));
        }
    }

    @Test
    void browsersOfOtherPortsSeeTheGatewaysOwnRefusals() throws Exception {
        HttpResponse<String> away = send(get("/v1/presence?user=bob").header("Origin", "http://localhost:5173"));
        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.headers().map()).containsEntry("access-control-allow-origin", List.of("http://localhost:5173"));
    }

    @Test
    void theTokenComesAsTheHandshakesCookieOnlyWhereThatIsWished() throws Exception {
        assertThat(send(wish("alice")).headers().firstValue("Set-Cookie")).isEmpty();
        HttpRequest.Builder wish =
                get("/dev/tokens").POST(BodyPublishers.ofString("{\"user\":\"alice\",\"cookie\":true}"));

        assertThat(send(wish).headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("dunlin_token=ey")
                .contains("Path=/v1", "HTTPOnly", "SameSite=Strict");
    }

    @Test
    void anExampleOnTheClassPathAnswersThisMachineAlone() throws Exception {
        HttpResponse<String> answer = send(example("{\"text\":\"hello\"}"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"text\":\"hello\"", "\"messageService\":\"http://127.0.0.1:", "\"token\":\"ey");
        assertThat(send(example("no JSON")).statusCode()).isEqualTo(400);
        assertThat(send(example("{\"text\":\"hello\"}").header("Origin", "https://evil.example"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(get("/dev/echo")).statusCode()).isEqualTo(405);
    }

    @Test
    void aWrongMethodIsAProblemThatNamesTheRightOnes() throws Exception {
        HttpResponse<String> response = send(get("/.well-known/jwks.json").POST(BodyPublishers.ofString("x")));
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(response.body()).contains("\"code\":\"bad_request\"");
        assertThat(send(get("/dev/tokens")).headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void aProtocolIsSwitchedOnlyForWhoAskedForIt() throws Exception {
        assertThat(send(get("/v1/poll?switch")).statusCode()).isEqualTo(503);
        assertThat(send(get("/v1/ws?refuse")).statusCode()).isEqualTo(401);
    }

    @Test
    void headersOfOneConnectionStayOnItAndListsMayHaveSeveralLines() throws Exception {
        try (Socket socket = new Socket("localhost", gateway)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(String.join(
                                    "\r\n",
                                    "GET /v1/channels/c HTTP/1.1",
                                    "Host: localhost",
                                    "Connection: close",
                                    "Connection: traceparent",
                                    "traceparent: of-this-connection",
                                    "X-Forwarded-For: 203.0.113.1",
                                    "X-Forwarded-For: 203.0.113.2",
                                    "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .contains("203.0.113.1, 203.0.113.2, 127.0.0.1 null");
        }
    }

    @Test
    void anUnknownPathIsAProblem() throws Exception {
        for (String path : List.of("/nothing.js", "/internal/users/bob/channels", "/q/health", "/v1/nothing")) {
            HttpResponse<String> response = send(get(path));
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("\"code\":\"not_found\"");
        }
    }

    private HttpRequest.Builder example(String body) {
        return get("/dev/echo").POST(BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder wish(String user) {
        return get("/dev/tokens").POST(BodyPublishers.ofString("{\"user\":\"" + user + "\"}"));
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + gateway + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private Upstream node(String name) throws Exception {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                        .setMaxWebSocketMessageSize(2 * LARGE)
                        .addWebSocketSubProtocol("dunlin.v1"))
                .requestHandler(request -> {
                    String path = request.path();
                    request.response().putHeader("node", name).putHeader("Content-Security-Policy", "from the service");
                    if ("refuse".equals(request.query())) {
                        request.response()
                                .setStatusCode(401)
                                .putHeader("WWW-Authenticate", "Bearer")
                                .end("{\"code\":\"unauthenticated\"}");
                    } else if ("switch".equals(request.query())) {
                        request.response()
                                .setStatusCode(101)
                                .putHeader("Connection", "Upgrade")
                                .putHeader("Upgrade", "websocket")
                                .end();
                    } else if (path.equals("/v1/ws")) {
                        request.toWebSocket().onSuccess(GatewayIT::echo);
                    } else if (path.equals("/v1/events")) {
                        request.response().setChunked(true).write("data:1");
                    } else {
                        request.body()
                                .onSuccess(body -> request.response()
                                        .end(request.method() + " " + path + " " + body + " "
                                                + request.getHeader("X-Forwarded-For") + " "
                                                + request.getHeader("traceparent")));
                    }
                });
        await(server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture());
        return new Upstream("127.0.0.1", server.actualPort(), server.actualPort());
    }

    private static void echo(ServerWebSocket socket) {
        socket.textMessageHandler(socket::writeTextMessage);
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }
}
