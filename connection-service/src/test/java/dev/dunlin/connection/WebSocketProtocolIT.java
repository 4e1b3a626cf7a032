package dev.dunlin.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.connection.peer.NodeIT;
import dev.dunlin.connection.peer.PeerAddress;
import dev.dunlin.connection.peer.RawLink;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455, byte by byte. */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(PeerAddress.class)
class WebSocketProtocolIT extends NodeIT {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a frame without a mask, 81 02 7b7d, 1002",
        "a reserved bit without an extension, c1 80 00000000, 1002",
        "a reserved opcode, 83 80 00000000, 1002",
        "a reserved control opcode, 8b 80 00000000, 1002",
        "a continuation of nothing, 80 80 00000000, 1002",
        "a text within a fragmented text, 01 81 00000000 7b 81 81 00000000 7b, 1002",
        "a fragmented ping, 09 80 00000000, 1002",
        "a ping that is too long, 89 fe 007e 00000000, 1002",
        "a close of one byte, 88 81 00000000 03, 1002",
        "a close with a code that nobody may send, 88 82 00000000 03ed, 1002",
        "a close whose reason is not UTF-8, 88 84 00000000 03e8 c328, 1007",
        "a text that ends within a character, 81 81 00000000 c3, 1007",
        "a text whose second fragment is not UTF-8, 01 81 00000000 c3 80 81 00000000 28, 1007",
        "binary, 82 81 00000000 00, 1003",
        "a frame that says it has 16 MiB, 81 ff 0000000001000000 00000000, 1009",
        "a frame that says it has 2^62 bytes, 81 ff 4000000000000000 00000000, 1009",
        "a frame that says it has less than nothing, 81 ff ffffffffffffffff 00000000, 1002"
    })
    void whatBreaksTheRulesIsClosedWithItsCode(String what, String hex, int code) throws IOException {
        try (RawLink bob = link()) {
            bob.sendBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
            assertThat(bob.closeCode()).as(what).isEqualTo(code);
        }
    }

    @Test
    void closeIsAnsweredWithItsCodeAndTheConnectionEnds() throws IOException {
        try (RawLink bob = link()) {
            bob.sendFrame(0x88, new byte[] {0x03, (byte) 0xe8, 'b', 'y', 'e'});
            assertThat(bob.closeCode()).isEqualTo(1000);
            assertThat(bob.ends()).isTrue();
        }
        try (RawLink bob = link()) {
            bob.sendFrame(0x88, new byte[0]);
            assertThat(bob.payload(8)).isEmpty();
            assertThat(bob.ends()).isTrue();
        }
    }

    @Test
    void pingIsAnsweredWithItsPayloadEvenWithinAMessage() throws IOException {
        try (RawLink bob = link()) {
            bob.sendFrame(0x01, text("{\"type\":"));
            bob.sendFrame(0x89, text("are you there?"));
            assertThat(new String(bob.payload(10), StandardCharsets.UTF_8)).isEqualTo("are you there?");
            bob.sendFrame(0x00, text("\"pi"));
            bob.sendFrame(0x00, new byte[0]);
            bob.sendFrame(0x80, text("ng\"}"));
            assertThat(bob.text()).contains("pong");
        }
    }

    @Test
    void messageOfManyEmptyFragmentsIsClosed() throws Exception {
        byte[] empty = HexFormat.of().parseHex("008000000000");
        try (RawLink bob = link()) {
            bob.sendFrame(0x01, text("{\"type\":\"ping\""));
            for (int i = 0; i < 800; i++) {
                bob.sendBytes(empty);
            }
            bob.sendFrame(0x80, text("}"));
            assertThat(bob.text()).contains("pong");
        }
        try (RawLink bob = link()) {
            bob.sendFrame(0x01, text("{"));
            CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < 60_000; i++) {
                        bob.sendBytes(empty);
                    }
                } catch (IOException closed) {
                    // as it should be
                }
            });
            assertThat(bob.closeCode()).isEqualTo(1009);
            flood.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void fragmentsCountAgainstTheRateOfFrames() throws Exception {
        byte[] empty = HexFormat.of().parseHex("008000000000");
        try (RawLink bob = link()) {
            CompletableFuture<Void> flood = CompletableFuture.runAsync(() -> {
                try {
                    for (int message = 0; message < 100; message++) {
                        bob.sendFrame(0x01, text("{\"type\":\"ping\""));
                        for (int i = 0; i < 500; i++) {
                            bob.sendBytes(empty);
                        }
                        bob.sendFrame(0x80, text("}"));
                    }
                } catch (IOException closed) {
                    // as it should be
                }
            });
            assertThat(bob.closeCode()).isEqualTo(4429);
            flood.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void closeFrameOfTheServerIsReadEvenBySomebodyWhoStillSends() throws Exception {
        try (RawLink bob = link()) {
            byte[] head = HexFormat.of().parseHex("81ff000000000080000000000000");
            bob.sendBytes(head); // 8 MiB to come
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < 128; i++) {
                        bob.sendBytes(new byte[65_536]);
                    }
                } catch (IOException cut) {
                    // the server waits for so long only
                }
            });
            assertThat(bob.closeCode()).isEqualTo(1009);
            assertThat(bob.ends()).isTrue();
            sent.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void clientThatFloodsAndDoesNotReadIsNotReadForEver() throws Exception {
        try (RawLink bob = link()) {
            byte[] ping = ByteBuffer.allocate(6 + 123)
                    .put((byte) 0x81)
                    .put((byte) (0x80 | 123))
                    .putInt(0)
                    .put(text("{\"type\":\"ping\",\"ref\":\"" + "x".repeat(60) + "\"" + " ".repeat(39) + "}"))
                    .array();
            assertThat(ping[ping.length - 1]).isEqualTo((byte) '}');
            int most = 2_000_000; // far more than all buffers between the two hold
            AtomicInteger sent = new AtomicInteger();
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    while (sent.get() < most) {
                        bob.sendBytes(ping);
                        sent.incrementAndGet();
                    }
                } catch (IOException closed) {
                    // at the latest at the end of the test
                }
            });
            AtomicInteger before = new AtomicInteger();
            Awaitility.await()
                    .pollInterval(1, TimeUnit.SECONDS)
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> before.getAndSet(sent.get()) == sent.get() && sent.get() > 0);
            assertThat(sent.get()).isLessThan(most);
            sender.interrupt();
        }
    }

    @Test
    void upgradeThatIsNoneIsRefused() throws IOException {
        for (String header : new String[] {
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short",
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nContent-Length: 1"
        }) {
            try (Socket socket = new Socket(http("/").getHost(), http("/").getPort())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream()
                        .write(("GET /v1/ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                        + header + "\r\nAuthorization: Bearer "
                                        + TestTokens.user(own("bob"))
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 400");
            }
        }
        assertThatThrownBy(() -> RawLink.connect(webSocket("?auto=false"), "nonsense"))
                .hasMessageStartingWith("HTTP/1.1 401");
    }

    private RawLink link() throws IOException {
        RawLink link = RawLink.connect(webSocket("?auto=false"), TestTokens.user(own("bob")));
        assertThat(link.text()).contains("welcome");
        return link;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
