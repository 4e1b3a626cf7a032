package dev.dunlin.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.connection.peer.PackagedNode;
import dev.dunlin.connection.peer.RawLink;
import dev.dunlin.connection.peer.SharedNode;
import dev.dunlin.connection.peer.TestLink;
import dev.dunlin.connection.peer.TestPoll;
import dev.dunlin.connection.peer.TestStream;
import dev.dunlin.engines.testing.BesideQuarkus;
import dev.dunlin.engines.testing.TestTokens;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A node that speaks TLS itself: HTTP/2 by ALPN, and WebSockets behind it. */
@BesideQuarkus
@ExtendWith(SharedNode.class)
class TlsIT {
    private static final int STREAMS = 20;
    private static final int HELD = 80; // of the 100 streams that a connection may have

    private final PackagedNode node;
    private final HttpClient client;
    private final String channel = "room:tls-" + UUID.randomUUID();
    private final String token = TestTokens.user("bob");

    TlsIT(PackagedNode node) {
        this.node = node;
        this.client =
                HttpClient.newBuilder().sslContext(node.certificate().trust()).build();
        node.peer().channel(channel);
    }

    @AfterEach
    void close() {
        client.shutdownNow();
    }

    @Test
    void manyEventStreamsShareOneConnectionOfHttp2() {
        List<TestStream> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) { // a browser has six connections of HTTP/1.1
            TestStream stream = TestStream.open(client, request("/v1/events?channel=" + channel), "");
            assertThat(stream.response().version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(stream.response().sslSession()).isPresent();
            stream.next("welcome");
            stream.next("subscribed");
            streams.add(stream);
        }
        node.peer().append(channel, 3);
        for (TestStream stream : streams) {
            assertThat(stream.seqs(3)).containsExactly(1L, 2L, 3L);
            stream.close();
        }
    }

    @Test
    void heldPollIsAnsweredOverHttp2AndHttp1() throws Exception {
        for (HttpClient.Version version : HttpClient.Version.values()) {
            JsonNode first = TestPoll.body(client.send(
                    request("/v1/poll?channel=" + channel).version(version).build(),
                    HttpResponse.BodyHandlers.ofByteArray()));
            var held = client.sendAsync(
                    request("/v1/poll?channel=" + channel + "&cursor="
                                    + first.path("cursor").asText())
                            .version(version)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            Awaitility.await().until(() -> node.peer().receivers("ch:" + channel) == 1);
            assertThat(held).isNotDone();
            node.peer().append(channel, 1);
            HttpResponse<byte[]> answer = held.join();
            assertThat(answer.version()).isEqualTo(version);
            assertThat(TestPoll.body(answer).path("frames").path(0).path("type").asText())
                    .isEqualTo("message");
            Awaitility.await().until(() -> node.peer().receivers("ch:" + channel) == 0);
        }
    }

    @Test
    void heldPollsCostNoThreadsAndLeaveNothingWhenTheirClientGoes() throws Exception {
        String cursor = TestPoll.body(client.send(
                        request("/v1/poll?channel=" + channel).build(), HttpResponse.BodyHandlers.ofByteArray()))
                .path("cursor")
                .asText();
        Awaitility.await().until(() -> node.metric("dunlin_links") == 0);
        double threads = node.metric("jvm_threads_live_threads");
        HttpClient leaving =
                HttpClient.newBuilder().sslContext(node.certificate().trust()).build();
        for (int i = 0; i < HELD; i++) {
            var unused = leaving.sendAsync(
                    request("/v1/poll?timeout=60&channel=" + channel + "&cursor=" + cursor)
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
        Awaitility.await().until(() -> node.metric("dunlin_links") == HELD);
        assertThat(node.metric("jvm_threads_live_threads") - threads).isLessThan(HELD / 4.0);
        leaving.shutdownNow();
        Awaitility.await().until(() -> node.metric("dunlin_links") == 0);
        Awaitility.await().until(() -> node.peer().receivers("ch:" + channel) == 0);
    }

    @Test
    void webSocketWorksBehindTls() {
        try (TestLink bob = TestLink.connect(client, webSocket(), token)) {
            bob.next("welcome");
            bob.send("{'type':'subscribe','ref':1,'channel':'" + channel + "'}");
            bob.next("subscribed");
            node.peer().append(channel, "x".repeat(60_000)); // more than a record of TLS
            node.peer().append(channel, 2);
            assertThat(bob.seqs(3)).containsExactly(1L, 2L, 3L);
            bob.send("'" + "x".repeat(200_000) + "'");
            assertThat(bob.next("error").path("code").asText()).isEqualTo("bad_request");
            bob.expectNothingElse();
        }
        Awaitility.await().until(() -> node.peer().receivers("ch:" + channel) == 0);
    }

    @Test
    void closeCodesArriveBehindTlsAndTheConnectionEnds() throws IOException {
        try (RawLink bob = rawLink()) {
            bob.sendFrame(0x88, new byte[] {0x03, (byte) 0xe8});
            assertThat(bob.closeCode()).isEqualTo(1000);
            assertThat(bob.ends()).isTrue();
        }
        try (RawLink bob = rawLink()) {
            bob.sendBytes(HexFormat.of().parseHex("81027b7d")); // no mask
            assertThat(bob.closeCode()).isEqualTo(1002);
            assertThat(bob.ends()).isTrue();
        }
    }

    private RawLink rawLink() throws IOException {
        Socket socket = node.certificate().trust().getSocketFactory().createSocket("localhost", node.tlsPort());
        RawLink link = RawLink.over(socket, webSocket(), token);
        assertThat(link.text()).contains("welcome");
        return link;
    }

    private URI webSocket() {
        return URI.create("wss://localhost:" + node.tlsPort() + "/v1/ws?auto=false");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(node.https(path)).header("Authorization", "Bearer " + token);
    }
}
