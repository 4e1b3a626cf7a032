package dev.dunlin.scenarios;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dunlin.engines.Checkout;
import dev.dunlin.scenarios.suite.Nginx;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rules of {@code deploy/nginx}, in front of small servers that answer with the headers they
 * received.
 */
class NginxRulesIT {
    private static final String MISSING = "SKIPPED: there is no nginx on this machine, so its rules are not tested."
            + " Install it (apt-get install nginx-light), or run .ci/run, which does.";
    private static final int MOST_AT_A_TIME = 500;
    /** Requests on one connection; nginx closes it after a thousand. */
    private static final int PIPELINED = 900;

    private final List<HttpServer> servers = new ArrayList<>();
    private final AtomicInteger busy = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private Optional<Nginx> nginx = Optional.empty();

    @TempDir
    private Path data;

    @BeforeEach
    void start() throws IOException {
        Optional<Path> executable = Nginx.find();
        if (executable.isEmpty()) {
            System.err.println(MISSING);
        }
        Assumptions.assumeTrue(executable.isPresent(), MISSING);
        String services = "server " + server("service") + ";";
        nginx = Optional.of(Nginx.start(
                executable.get(),
                Checkout.fromSystemProperty().root().resolve("deploy/nginx"),
                data.resolve("nginx"),
                Map.of(
                        "DUNLIN_CONNECTION",
                        "server " + server("one") + " max_fails=0; server " + server("two") + " max_fails=0;",
                        "DUNLIN_MESSAGE",
                        services,
                        "DUNLIN_PRESENCE",
                        "server 127.0.0.1:1;",
                        "DUNLIN_PUSH",
                        services)));
        await().atMost(Suite.DEADLINE)
                .ignoreExceptions()
                .until(() -> answer("/nowhere", "").startsWith("HTTP/1.1 404"));
    }

    @AfterEach
    void stop() {
        released.countDown();
        nginx.ifPresent(Nginx::close);
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void aNodeThatRefusesOneHandshakeGetsTheNextOnes() throws IOException {
        busy.set(1);
        assertThat(answer("/v1/ws", "")).startsWith("HTTP/1.1 200");
        assertThat(busy).as("one node has refused").hasValue(0);
        Set<String> nodes = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            nodes.add(line(answer("/v1/ws", ""), "Node: "));
        }
        assertThat(nodes).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void onlyAWebSocketIsUpgradedAndOnlyAtItsPath() throws IOException {
        String webSocket = "Connection: Upgrade, close\r\nUpgrade: websocket\r\n";
        assertThat(upgrade(answer("/v1/ws", webSocket))).isEqualTo("upgrade websocket");
        assertThat(upgrade(answer("/v1/ws?ticket=t", webSocket))).isEqualTo("upgrade websocket");
        for (String path : List.of("/v1/events", "/v1/poll", "/v1/tickets", "/v1/channels", "/v1/devices")) {
            assertThat(upgrade(answer(path, webSocket))).as(path).isEqualTo("null null");
        }
        String h2c = "Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n";
        for (String path : List.of("/v1/ws", "/v1/channels")) {
            assertThat(upgrade(answer(path, h2c))).as(path).isEqualTo("null null");
        }
    }

    @Test
    void anAddressThatHoldsTooManyLinksIsRefusedWith429() throws IOException {
        List<Socket> links = new ArrayList<>();
        try {
            for (int i = 0; i < MOST_AT_A_TIME; i++) {
                links.add(send("/v1/poll?hold", ""));
            }
            await().atMost(Suite.DEADLINE).untilAsserted(() -> {
                links.add(send("/v1/poll?hold", "")); // in the place of one that a busy machine lost
                rateLimited(answer("/v1/poll", ""));
            });
        } finally {
            released.countDown();
            for (Socket link : links) {
                link.close();
            }
        }
    }

    @Test
    void anAddressThatSendsTooFastIsRefusedWith429() throws IOException {
        String many = IntStream.range(0, PIPELINED)
                .mapToObj(i -> "GET /v1/presence HTTP/1.1\r\nHost: localhost\r\n"
                        + (i == PIPELINED - 1 ? "Connection: close\r\n" : "") + "\r\n")
                .collect(Collectors.joining());
        StringBuilder answers = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            try (Socket socket = connect()) {
                Thread reading = Thread.ofVirtual().start(() -> read(socket, answers));
                socket.getOutputStream().write(many.getBytes(ISO_8859_1));
                await().atMost(Suite.DEADLINE).until(() -> !reading.isAlive());
            }
        }
        assertThat(answers.toString()).contains("HTTP/1.1 503");
        rateLimited(answers.substring(answers.indexOf("HTTP/1.1 429")));
    }

    private static void read(Socket from, StringBuilder to) {
        try {
            to.append(new String(from.getInputStream().readAllBytes(), ISO_8859_1));
        } catch (IOException e) {
            to.append(e);
        }
    }

    private static void rateLimited(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 429");
        assertThat(answer)
                .contains("Retry-After: 1\r\n", "application/problem+json", "\"code\":\"rate_limited\"")
                .contains("X-Content-Type-Options: nosniff", "Cache-Control: no-store");
    }

    private static String upgrade(String answer) {
        return line(answer, "Upgraded: ");
    }

    private static String line(String answer, String name) {
        return answer.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer));
    }

    private String answer(String path, String headers) throws IOException {
        try (Socket socket = send(path, headers)) {
            StringBuilder answer = new StringBuilder();
            read(socket, answer);
            return answer.toString();
        }
    }

    private Socket send(String path, String headers) throws IOException {
        Socket socket = connect();
        String connection = headers.contains("Connection:") ? "" : "Connection: close\r\n";
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + connection + "\r\n")
                        .getBytes(ISO_8859_1));
        return socket;
    }

    private Socket connect() throws IOException {
        URI origin = nginx.orElseThrow().origin();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), origin.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private String server(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> serve(name, exchange));
        server.start();
        servers.add(server);
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void serve(String name, HttpExchange exchange) throws IOException {
        if ("hold".equals(exchange.getRequestURI().getQuery())) {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        boolean refuses = !name.equals("service") && busy.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        exchange.getResponseHeaders().set("Node", name);
        exchange.getResponseHeaders()
                .set(
                        "Upgraded",
                        exchange.getRequestHeaders().getFirst("Connection") + " "
                                + exchange.getRequestHeaders().getFirst("Upgrade"));
        exchange.sendResponseHeaders(refuses ? 503 : 200, -1);
        exchange.close();
    }
}
