package dev.dunlin.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.connection.cursor.Positions;
import dev.dunlin.connection.peer.NodeIT;
import dev.dunlin.connection.peer.PeerAddress;
import dev.dunlin.connection.peer.QuickHeartbeat;
import dev.dunlin.connection.peer.TestPoll;
import dev.dunlin.connection.peer.TestStream;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestTokens;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What only an event stream or only a poll does. */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(PeerAddress.class)
@TestProfile(QuickHeartbeat.class)
class EventStreamIT extends NodeIT {
    @Test
    void streamSaysHowItIsToBeTreated() {
        String channel = own("room:lobby");
        peer.channel(channel);
        try (TestStream stream = TestStream.open(client(), request("/v1/events?channel=" + channel), "")) {
            var headers = stream.response().headers();
            assertThat(headers.firstValue("Content-Type")).hasValue("text/event-stream;charset=UTF-8");
            assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
            assertThat(headers.firstValue("X-Accel-Buffering")).hasValue("no");
            assertThat(stream.retry()).isEqualTo("2000");
            stream.next("welcome");
            stream.next("subscribed");
            assertThat(stream.comment()).isEqualTo(":");
            assertThat(stream.comment()).isEqualTo(":"); // a client that says nothing is not taken for dead
            assertThat(stream.comment()).isEqualTo(":");
            assertThat(stream.comment()).isEqualTo(":");
        }
    }

    @Test
    void manyStreamsShareOneConnectionOverHttp2() {
        HttpClient one =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        String channel = own("room:lobby");
        peer.channel(channel);
        List<TestStream> streams = IntStream.range(0, 20)
                .mapToObj(i -> TestStream.open(
                        one, request("/v1/events?channel=" + channel).version(HttpClient.Version.HTTP_2), ""))
                .toList();
        assertThat(streams).allSatisfy(stream -> {
            assertThat(stream.response().version()).isEqualTo(HttpClient.Version.HTTP_2);
            stream.find("subscribed");
        });
        peer.append(channel, 1);
        assertThat(streams).allSatisfy(stream -> assertThat(stream.seqs(1)).containsExactly(1L));
        streams.forEach(TestStream::close);
        one.shutdownNow();
    }

    @Test
    void textOfAClientCannotForgeAnEvent() throws Exception {
        String channel = own("signal:cursors");
        peer.channel(channel);
        try (TestStream stream = TestStream.open(client(), request("/v1/events?channel=" + channel), "")) {
            stream.find("subscribed");
            String attack = "x\\n\\nid: 9\\nevent: message\\r\\ndata: {}\\n\\n\\u2028";
            HttpRequest signal = request("/v1/channels/" + channel + "/signals")
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"data\":\"" + attack + "\"}"))
                    .build();
            assertThat(client().send(signal, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(202);
            assertThat(stream.next("signal").path("data").asText()).startsWith("x\n\nid: 9\nevent: message\r\n");
        }
    }

    @Test
    void readerThatStallsIsDisconnectedAndLosesNothing() throws Exception {
        String channel = own("room:lobby");
        peer.channel(channel);
        String cursor;
        try (Socket stalled = new Socket()) {
            stalled.setReceiveBufferSize(4096);
            stalled.connect(new InetSocketAddress(http("/").getHost(), http("/").getPort()));
            stalled.getOutputStream()
                    .write(("GET /v1/events?channel=" + channel
                                    + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                    + TestTokens.user(own("bob")) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedInputStream in = new BufferedInputStream(stalled.getInputStream());
            cursor = firstId(in);
            Awaitility.await().until(() -> peer.receivers("ch:" + channel) == 1);
            for (int i = 0; i < 150; i++) {
                peer.append(channel, "x".repeat(50_000));
            }
            Awaitility.await().until(() -> peer.receivers("ch:" + channel) == 0);
        }
        try (TestStream stream = TestStream.open(client(), request("/v1/events?channel=" + channel), cursor)) {
            assertThat(stream.find("subscribed").path("recovered").asBoolean()).isTrue();
            assertThat(stream.seqs(150)).startsWith(1L, 2L, 3L).endsWith(150L);
        }
    }

    private static String firstId(BufferedInputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\nid: ") < 0 || !text.toString().endsWith("\n\n")) {
            text.append((char) in.read());
        }
        return text.substring(text.indexOf("\nid: ") + 5).lines().findFirst().orElseThrow();
    }

    @Test
    void pollIsHeldAndAnsweredWithAnEmptyListInTheEnd() {
        String channel = own("room:lobby");
        peer.channel(channel);
        TestPoll poll = poll("?timeout=1&channel=" + channel, "");
        poll.next("welcome");
        poll.next("subscribed");
        String cursor = poll.cursor();
        HttpResponse<byte[]> empty = poll.ask();
        assertThat(TestPoll.body(empty).path("frames")).isEmpty();
        assertThat(TestPoll.body(empty).path("cursor").asText()).isEqualTo(cursor);
        assertThat(empty.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void pollOfManyBytesComesInSeveralAnswers() {
        String channel = own("room:lobby");
        peer.channel(channel);
        TestPoll poll = poll("?channel=" + channel, "");
        poll.next("welcome");
        poll.next("subscribed");
        for (int i = 0; i < 20; i++) {
            peer.append(channel, "x".repeat(1000));
        }
        JsonNode first = TestPoll.body(poll.ask());
        assertThat(first.path("frames").size()).isBetween(1, 5);
        assertThat(poll.seqs(20)).startsWith(1L, 2L).endsWith(20L);
    }

    @Test
    void cursorOfFiveHundredChannelsIsTakenInTheAddressAndInTheHeader() throws Exception {
        Positions positions = new Positions(null);
        for (int i = 0; i < 500; i++) {
            positions.start(new ChannelName("room:" + i), new Epoch("e1"), i);
        }
        String cursor = new String(positions.toBytes(), StandardCharsets.US_ASCII);
        String path = "/v1/poll?timeout=1&channel=room:none";
        for (HttpRequest.Builder request : List.of(
                request(path + "&cursor=" + cursor),
                request(path).header("Last-Event-ID", cursor),
                request(path).version(HttpClient.Version.HTTP_2).header("Last-Event-ID", cursor))) {
            assertThat(client().send(request.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void refusedChannelDoesNotMakeAPollerSpin() {
        String open = own("room:lobby");
        String secret = own("group:secret");
        peer.channel(open);
        peer.channel(secret, own("alice"));
        TestPoll poll = poll("?timeout=1&channel=" + open + "&channel=" + secret, "");
        poll.next("welcome");
        assertThat(List.of(
                        poll.next().path("type").asText(),
                        poll.next().path("type").asText()))
                .containsExactlyInAnyOrder("subscribed", "error");
        long before = System.nanoTime();
        assertThat(TestPoll.body(poll.ask()).path("frames").path(0).path("code").asText())
                .isEqualTo("forbidden");
        assertThat(System.nanoTime() - before).isGreaterThan(900_000_000L);
    }

    @Test
    void cookieCountsForPagesOfAllowedOriginsOnly() throws Exception {
        String cookie = "dunlin_token=" + TestTokens.user(own("bob"));
        Page[] expected = {
            new Page("https://chat.example.org", 200),
            new Page("http://" + http("/").getAuthority(), 200),
            new Page("https://evil.example.org", 403)
        };
        for (Page page : expected) {
            HttpRequest request = HttpRequest.newBuilder(http("/v1/poll?timeout=1&channel=room:none"))
                    .header("Cookie", cookie)
                    .header("Origin", page.origin())
                    .build();
            assertThat(client().send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .as(page.origin())
                    .isEqualTo(page.status());
        }
    }

    private record Page(String origin, int status) {}

    @Test
    void tokenInTheAddressCountsWhereThatIsTurnedOn() throws Exception {
        assertThat(statusWithTokenInTheAddress(TestTokens.user(own("bob")))).isEqualTo(200);
        assertThat(statusWithTokenInTheAddress("nonsense")).isEqualTo(401);
    }

    private int statusWithTokenInTheAddress(String token) throws IOException, InterruptedException {
        HttpRequest poll = HttpRequest.newBuilder(http("/v1/poll?timeout=1&channel=room:none&access_token=" + token))
                .build();
        return client().send(poll, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Test
    void userHasSoManyLinksAndNoMore() throws Exception {
        String channel = own("room:lobby");
        peer.channel(channel);
        List<TestStream> streams = IntStream.range(0, 25)
                .mapToObj(i -> TestStream.open(client(), request("/v1/events?channel=" + channel), ""))
                .toList();
        HttpResponse<String> refused =
                client().send(request("/v1/poll?channel=" + channel).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.body()).contains("\"code\":\"rate_limited\"");
        streams.getFirst().close();
        Awaitility.await()
                .until(() -> client().send(
                                        request("/v1/poll?timeout=1&channel=" + channel)
                                                .build(),
                                        HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200);
        streams.forEach(TestStream::close);
    }

    @Test
    void ticketOpensOneStream() throws Exception {
        String channel = own("room:lobby");
        peer.channel(channel);
        HttpResponse<byte[]> issued = client().send(
                        request("/v1/tickets")
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
        String path = "/v1/events?channel=" + channel + "&ticket="
                + Json.parse(issued.body()).path("ticket").asText();
        try (TestStream stream = TestStream.open(client(), HttpRequest.newBuilder(http(path)), "")) {
            assertThat(stream.next("welcome").path("user").asText()).isEqualTo(own("bob"));
        }
        assertThat(client().send(HttpRequest.newBuilder(http(path)).build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(401);
    }

    private TestPoll poll(String query, String cursor) {
        return new TestPoll(client(), http("/v1/poll" + query), TestTokens.user(own("bob")), cursor);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(http(path))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + TestTokens.user(own("bob")));
    }
}
