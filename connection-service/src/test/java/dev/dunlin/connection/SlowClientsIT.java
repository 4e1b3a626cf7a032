package dev.dunlin.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.peer.NodeIT;
import dev.dunlin.connection.peer.PeerAddress;
import dev.dunlin.connection.peer.TestLink;
import dev.dunlin.connection.session.SessionDirectory;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestTokens;
import io.netty.util.internal.PlatformDependent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Many clients that take nothing cost what they may, and nobody else notices them. */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(PeerAddress.class)
@TestProfile(SlowClientsIT.SmallOutboxes.class)
@SuppressWarnings("NullAway.Init") // fields are injected
class SlowClientsIT extends NodeIT {
    private static final int STALLED = 200;
    private static final int MESSAGES = 60;
    private static final int MESSAGE_BYTES = 20_000;
    private static final int OUTBOX_BYTES = 65_536;
    /** What the channel takes before it says that it is full, and one frame more. */
    private static final int CHANNEL_BYTES = 65_536 + 2 * MESSAGE_BYTES;

    private static final String UPGRADE = """
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            """.replace("\n", "\r\n");

    @Inject
    SessionDirectory sessions;

    /** So that a test can fill them. */
    public static final class SmallOutboxes implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "dunlin.link.outbox-bytes",
                    Integer.toString(OUTBOX_BYTES),
                    "dunlin.link.send-buffer-bytes",
                    "16384",
                    "quarkus.vertx.event-loops-pool-size",
                    "2");
        }
    }

    @Test
    void stalledClientsCostNoMoreThanTheirBoundAndDelayNobody() throws Exception {
        String channel = own("group:lobby");
        peer.channel(channel, own("bob"), own("carol"));
        String token = TestTokens.user(own("bob"));
        List<Socket> stalled = new ArrayList<>();
        TestLink carol = connect(webSocket(""), TestTokens.user(own("carol")));
        carol.next("welcome");
        try {
            for (int i = 0; i < STALLED; i++) {
                stalled.add(i % 2 == 0 ? open("/v1/events", "", token) : open("/v1/ws", UPGRADE, token));
            }
            Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> sessions.size() == STALLED + 1);
            long before = used();
            long most = 0;
            for (int i = 0; i < MESSAGES; i++) {
                peer.append(channel, "x".repeat(MESSAGE_BYTES));
                assertThat(carol.next("message").path("seq").asLong()).isEqualTo(i + 1);
                if (i % 6 == 5) {
                    most = Math.max(most, used() - before);
                }
            }
            assertThat(most).isLessThan((long) STALLED * (OUTBOX_BYTES + CHANNEL_BYTES));
            Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> sessions.size() == 1);
            carol.expectNothingElse();
        } finally {
            for (Socket one : stalled) {
                one.close();
            }
        }
    }

    /** Asks, and reads nothing. */
    private Socket open(String path, String headers, String token) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(http("/").getHost(), http("/").getPort()));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "Authorization: Bearer " + token
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Live heap and what Netty has of direct memory. */
    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory() + Math.max(0, PlatformDependent.usedDirectMemory());
    }
}
