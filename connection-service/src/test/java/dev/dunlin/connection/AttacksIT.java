package dev.dunlin.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.connection.cursor.Positions;
import dev.dunlin.connection.peer.PackagedNode;
import dev.dunlin.connection.peer.RawLink;
import dev.dunlin.connection.peer.SharedNode;
import dev.dunlin.connection.peer.TestPoll;
import dev.dunlin.connection.peer.TestStream;
import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.engines.testing.TestTokens;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.bus.BusMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * One test for each way in which somebody may do harm. Channels that a stranger asks for in turn:
 * {@code ChannelsIT} of message-service and {@code RefusalsIT}.
 */
@BesideQuarkus
@ExtendWith(SharedNode.class)
class AttacksIT {
    private static final String UPGRADE = """
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            """;
    private static final List<String> PATHS = List.of("/v1/ws", "/v1/events?channel=room:a", "/v1/poll?channel=room:a");

    private final PackagedNode node;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final String channel = "room:attacked-" + run;
    private final String secret = "group:secret-" + run;

    AttacksIT(PackagedNode node) {
        this.node = node;
        node.peer().channel(channel);
        node.peer().channel(secret, "alice");
    }

    @AfterEach
    void close() {
        client.shutdownNow();
    }

    /**
     * Cross-site WebSocket hijacking: browsers send a visitor's cookie along with what any page
     * asks.
     */
    @Test
    void anotherSitesPageOpensNothingWithItsVisitorsCookie() throws Exception {
        String cookie = "Cookie: dunlin_token=" + TestTokens.user("alice") + "\r\n";
        for (String path : PATHS) {
            for (String origin : List.of(
                    "",
                    "Origin: https://evil.example.org\r\n",
                    "Origin: null\r\n",
                    "Origin: https://chat.example.org.evil.example.org\r\n",
                    "Origin: http://127.0.0.1:" + node.port() + ".evil.example.org\r\n",
                    "Sec-Fetch-Site: cross-site\r\n")) {
                assertThat(status("GET", path, cookie + origin))
                        .as(path + " " + origin)
                        .isEqualTo(403);
            }
            assertThat(status("GET", path, cookie + "Origin: https://chat.example.org\r\n"))
                    .isIn(101, 200);
        }
        assertThat(status("POST", "/v1/tickets", cookie + "Origin: https://evil.example.org\r\nContent-Length: 0\r\n"))
                .isEqualTo(401);
    }

    /**
     * A line end in data would begin a field of the stream: an id, or an event that nobody sent.
     */
    @Test
    void lineEndsInDataBeginNoFieldOfAnEventStream() throws Exception {
        String evil = "x\n\nevent: goaway\nid: 1AAAAAAA\ndata: {}\r\rretry: 1\u2028\u0085data: y\0";
        try (TestStream stream = stream()) {
            node.peer().append(channel, evil);
            assertThat(stream.next("message").path("data").asText()).isEqualTo(evil);
            // Whoever wrote this frame let line ends stand between its parts, which JSON allows.
            String spaced =
                    "{\"type\":\"signal\",\n\r\n\"channel\":\"" + channel + "\",\r\"from\":\"bob\",\n\n\"data\":1}";
            byte[] frame = spaced.getBytes(StandardCharsets.UTF_8);
            node.peer()
                    .publish(
                            "ch:" + channel,
                            BusMessage.ephemeral(new TraceId(1, 1), null, frame).encode());
            assertThat(stream.next("signal").path("data").asInt()).isEqualTo(1);
            node.peer().append(channel, 1);
            assertThat(stream.seqs(1)).containsExactly(2L);
            assertThat(stream.retry()).isEqualTo("2000");
        }
    }

    /** Twenty at once show the same ticket. */
    @Test
    void ticketThatManyShowAtOnceOpensOneLink() throws Exception {
        String ticket = ticket();
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String path = PATHS.get(i % PATHS.size());
            String query = (path.contains("?") ? "&" : "?") + "ticket=" + ticket;
            answers.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return status("GET", path + query, "");
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    task -> Thread.ofVirtual().start(task)));
        }
        List<Integer> statuses = answers.stream().map(CompletableFuture::join).toList();
        assertThat(statuses).filteredOn(status -> status < 300).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 401).hasSize(19);
    }

    /** Where a token may be shown, good or bad, it is in no log, at its most talkative. */
    @Test
    void tokensAndTicketsAreInNoLog() throws Exception {
        String good = TestTokens.user("bob");
        String bad = good.substring(0, good.length() - 4) + "AAAA";
        String expired = TestTokens.user("bob", Duration.ofMinutes(-5));
        List<String> secrets = new ArrayList<>(List.of(good, bad, expired));
        for (String token : List.copyOf(secrets)) {
            for (String path : PATHS) {
                String and = path.contains("?") ? "&" : "?";
                status("GET", path, "Authorization: Bearer " + token + "\r\n");
                status("GET", path, "Cookie: dunlin_token=" + token + "\r\n");
                status("GET", path, "Sec-WebSocket-Protocol: dunlin.v1, bearer." + token + "\r\n");
                status("GET", path + and + "access_token=" + token, "");
            }
            status("POST", "/v1/tickets", "Authorization: Bearer " + token + "\r\nContent-Length: 0\r\n");
            status("DELETE", "/v1/users/bob/sessions", "Authorization: Bearer " + token + "\r\n");
            try (RawLink link = RawLink.connect(webSocket(), good)) {
                link.sendBytes(textFrame("{\"type\":\"auth\",\"ref\":1,\"token\":\"" + token + "\"}"));
                link.sendBytes(textFrame("{\"type\":\"auth\",\"ref\":2,\"token\":[\"" + token + "\"]}"));
                link.sendBytes(textFrame("{\"type\":\"auth\",\"token\":\"" + token));
                while (!link.text().contains("bad_request")) {
                    // the answers come in no certain order
                }
            }
        }
        String ticket = ticket();
        secrets.add(ticket);
        assertThat(status("GET", "/v1/events?channel=room:a&ticket=" + ticket, ""))
                .isEqualTo(200);
        assertThat(status("GET", "/v1/events?channel=room:a&ticket=" + ticket, ""))
                .isEqualTo(401);
        assertThat(status("GET", "/v1/nothing?ticket=" + ticket + "&access_token=" + good, ""))
                .isEqualTo(404);
        for (String secret : secrets) {
            String signature = secret.substring(secret.lastIndexOf('.') + 1);
            assertThat(node.log()).doesNotContain(signature.length() > 20 ? signature.substring(0, 20) : signature);
        }
    }

    /** Who makes a cursor by hand gets no more than without one. */
    @Test
    void forgedCursorShowsNothingAndHarmsNobody() throws Exception {
        node.peer().append(secret, 3);
        node.peer().append(channel, 3);
        Positions forged = new Positions(null);
        forged.start(new ChannelName(secret), epoch(), 0);
        forged.start(new ChannelName(channel), epoch(), Long.MAX_VALUE / 2);
        String cursor = new String(forged.toBytes(), StandardCharsets.US_ASCII);
        JsonNode answer = poll("channel=" + secret + "&channel=" + channel + "&cursor=" + cursor);
        for (JsonNode frame : answer.path("frames")) {
            if (frame.path("channel").asText().equals(channel)) {
                assertThat(frame.path("recovered").asBoolean(true)).isFalse();
            } else {
                assertThat(frame.path("code").asText()).isEqualTo("forbidden");
            }
        }
        assertThat(answer.toString()).doesNotContain("made-");
        for (int at = 0; at < cursor.length(); at++) {
            char other = cursor.charAt(at) == 'A' ? 'B' : 'A';
            String damaged = cursor.substring(0, at) + other + cursor.substring(at + 1);
            int status = client.send(
                            request("/v1/poll?timeout=1&channel=" + channel + "&cursor=" + damaged),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            assertThat(status).as("changed at " + at).isIn(at == 0 ? List.of(200, 400) : List.of(400));
        }
    }

    /** A few bytes that would become many: nothing that comes in is unpacked. */
    @Test
    void whatIsCompressedIsNotUnpacked() throws Exception {
        try (Socket socket = open(
                "GET",
                "/v1/ws?auto=false",
                UPGRADE
                        + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\nAuthorization: Bearer "
                        + TestTokens.user("bob") + "\r\n")) {
            assertThat(head(socket)).startsWith("HTTP/1.1 101").doesNotContainIgnoringCase("extensions");
        }
        try (RawLink link = RawLink.connect(webSocket(), TestTokens.user("bob"))) {
            link.sendBytes(HexFormat.of().parseHex("c187000000004acc2a0000ffff"));
            assertThat(link.closeCode()).isEqualTo(1002);
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"data\":\"".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 200; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        assertThat(packed.size()).isLessThan(1 << 20);
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(node.http("/v1/channels/" + channel + "/signals"))
                        .header("Authorization", "Bearer " + TestTokens.user("bob"))
                        .header("Content-Type", "application/json")
                        .header("Content-Encoding", "gzip")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(415);
    }

    /**
     * Requests that are never whole, however their bytes drip, do not keep a connection
     * (slowloris).
     */
    @Test
    void requestThatIsNeverWholeIsEnded() throws Exception {
        String token = "Authorization: Bearer " + TestTokens.user("bob") + "\r\n";
        List<Socket> silent = new ArrayList<>();
        for (String begun : List.of(
                "",
                "G",
                "GET /v1/ws HTTP/1.1\r\nHost: x\r\n",
                "GET /v1/ws HTTP/1.1\r\nHost: x\r\n" + token + UPGRADE,
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "POST /v1/tickets HTTP/1.1\r\nHost: x\r\n" + token + "Content-Length: 10\r\n\r\nabc",
                "POST /v1/tickets HTTP/1.1\r\nHost: x\r\n" + token + "Transfer-Encoding: chunked\r\n\r\n5\r\nab")) {
            silent.add(raw(node.port(), begun));
        }
        silent.add(raw(node.tlsPort(), ""));
        silent.add(raw(node.tlsPort(), "\u0016\u0003\u0001"));
        Socket dripping = raw(node.port(), "GET /v1/ws HTTP/1.1\r\nX-Drip: ");
        CompletableFuture<Integer> drops = CompletableFuture.supplyAsync(
                () -> {
                    int sent = 0;
                    try {
                        dripping.setSoTimeout(1_000);
                        while (sent < 60) {
                            dripping.getOutputStream().write('x');
                            sent++;
                            try {
                                if (dripping.getInputStream().read() < 0) {
                                    return sent;
                                }
                            } catch (SocketTimeoutException goOn) {
                                // still open
                            }
                        }
                    } catch (IOException cut) {
                        // as it should
                    }
                    return sent;
                },
                task -> Thread.ofVirtual().start(task));
        for (Socket socket : silent) {
            socket.setSoTimeout(40_000);
            try {
                while (socket.getInputStream().read() >= 0) {
                    // an answer may come before the end
                }
            } catch (SocketException reset) {
                // is an end too
            }
            socket.close();
        }
        assertThat(drops.get(60, TimeUnit.SECONDS)).isLessThan(60);
        dripping.close();
        try (RawLink good = RawLink.connect(webSocket(), TestTokens.user("bob"))) {
            assertThat(good.text()).contains("welcome");
        }
    }

    private TestStream stream() {
        TestStream stream = TestStream.open(
                client,
                HttpRequest.newBuilder(node.http("/v1/events?channel=" + channel))
                        .header("Authorization", "Bearer " + TestTokens.user("bob")),
                "");
        stream.next("welcome");
        stream.next("subscribed");
        return stream;
    }

    private JsonNode poll(String query) throws IOException, InterruptedException {
        return TestPoll.body(
                client.send(request("/v1/poll?timeout=10&" + query), HttpResponse.BodyHandlers.ofByteArray()));
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(node.http(path))
                .header("Authorization", "Bearer " + TestTokens.user("bob"))
                .build();
    }

    private Epoch epoch() throws IOException, InterruptedException {
        for (JsonNode frame : poll("channel=" + channel).path("frames")) {
            if (frame.path("type").asText().equals("subscribed")) {
                return new Epoch(frame.path("epoch").asText());
            }
        }
        throw new AssertionError("no subscribed");
    }

    private String ticket() throws Exception {
        HttpResponse<byte[]> issued = client.send(
                HttpRequest.newBuilder(node.http("/v1/tickets"))
                        .header("Authorization", "Bearer " + TestTokens.user("bob"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        return Json.parse(issued.body()).path("ticket").asText();
    }

    private URI webSocket() {
        return URI.create("ws://127.0.0.1:" + node.port() + "/v1/ws?auto=false");
    }

    private static byte[] textFrame(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        frame.write(0x80 | 126);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** The status of an answer; to {@code /v1/ws} of an upgrade. */
    private int status(String method, String path, String headers) throws IOException {
        try (Socket socket = open(method, path, (path.startsWith("/v1/ws") ? UPGRADE : "") + headers)) {
            return Integer.parseInt(head(socket).substring(9, 12));
        }
    }

    private Socket open(String method, String path, String headers) throws IOException {
        return raw(
                node.port(),
                method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + node.port() + "\r\n" + headers + "\r\n");
    }

    private static Socket raw(int port, String text) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(15_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int read = socket.getInputStream().read();
            if (read < 0) {
                throw new IOException("ended after " + head);
            }
            head.append((char) read);
        }
        return head.toString();
    }
}
