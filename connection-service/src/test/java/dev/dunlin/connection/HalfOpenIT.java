package dev.dunlin.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dunlin.connection.peer.Cable;
import dev.dunlin.connection.peer.ClientProcess;
import dev.dunlin.connection.peer.NodeIT;
import dev.dunlin.connection.peer.PeerAddress;
import dev.dunlin.connection.peer.QuickHeartbeat;
import dev.dunlin.connection.peer.RawLink;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/**
 * Clients that are gone without a word are found, and what they held is freed, on every transport.
 */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(PeerAddress.class)
@TestProfile(QuickHeartbeat.class)
class HalfOpenIT extends NodeIT {
    private static final String ESTABLISHED = "01";

    @Test
    void frozenProcessIsFound() throws Exception {
        try (ClientProcess bob = ClientProcess.webSocket(
                webSocket("?auto=false"), TestTokens.user(own("bob")), UnaryOperator.identity())) {
            for (int i = 0; i < 4; i++) {
                bob.line("ping"); // who answers is not taken for dead
            }
            assertThat(linksOf("bob")).isEqualTo(1);
            bob.freeze();
            await().until(() -> linksOf("bob") == 0);
        }
    }

    @Test
    void whoAnswersNoPingIsToldWhy() throws Exception {
        try (RawLink bob = RawLink.connect(webSocket("?auto=false"), TestTokens.user(own("bob")))) {
            assertThat(bob.closeCode()).isEqualTo(4002);
        }
    }

    @Test
    void webSocketBehindACutCableIsFound() throws Exception {
        try (Cable cable = cable();
                ClientProcess bob = ClientProcess.webSocket(
                        far(webSocket("?auto=false"), cable), TestTokens.user(own("bob")), cable::atTheFarEnd)) {
            bob.line("ping");
            cable.cut();
            await().until(() -> linksOf("bob") == 0);
        }
    }

    @Test
    void eventStreamBehindACutCableIsFoundThoughItNeverSaysAnything() throws Exception {
        String channel = own("room:lobby");
        peer.channel(channel);
        try (Cable cable = cable();
                ClientProcess bob = ClientProcess.events(
                        far(http("/v1/events?channel=" + channel), cable),
                        TestTokens.user(own("bob")),
                        cable::atTheFarEnd)) {
            bob.line("event: subscribed");
            for (int i = 0; i < 4; i++) {
                bob.line(":");
            }
            assertThat(linksOf("bob")).isEqualTo(1);
            cable.cut();
            await().until(() -> linksOf("bob") == 0 && peer.receivers("ch:" + channel) == 0);
        }
    }

    @Test
    void frozenReaderOfAnEventStreamIsDisconnected() throws Exception {
        String channel = own("room:lobby");
        peer.channel(channel);
        try (Socket frozen = new Socket()) {
            frozen.setReceiveBufferSize(4096);
            frozen.connect(new InetSocketAddress(http("/").getHost(), http("/").getPort()));
            frozen.getOutputStream()
                    .write(("GET /v1/events?channel=" + channel
                                    + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                    + TestTokens.user(own("bob")) + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> peer.receivers("ch:" + channel) == 1);
            assertThat(stateAtTheServer(frozen)).contains(ESTABLISHED);
            for (int i = 0; i < 150; i++) {
                peer.append(channel, "x".repeat(50_000));
            }
            await().until(() -> linksOf("bob") == 0);
            await().until(() -> !stateAtTheServer(frozen).equals(Optional.of(ESTABLISHED)));
        }
    }

    /** The kernel's state of the server's end of a connection, as {@code /proc/net/tcp} has it. */
    private static Optional<String> stateAtTheServer(Socket client) throws IOException {
        String ports = ":%04X .*:%04X ".formatted(client.getPort(), client.getLocalPort());
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(table))) {
                String[] fields = line.strip().split(" +", -1);
                if ((fields[1] + " " + fields[2] + " ").matches("[0-9A-F]+" + ports)) {
                    return Optional.of(fields[3]);
                }
            }
        }
        return Optional.empty();
    }

    private long linksOf(String name) {
        return peer.receivers("user:" + own(name));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30));
    }

    private static Cable cable() {
        Optional<Cable> cable = Cable.lay();
        assumeTrue(cable.isPresent(), "there can be no network namespaces here");
        return cable.orElseThrow();
    }

    private static URI far(URI uri, Cable cable) {
        return URI.create(uri.toString().replace(uri.getHost(), cable.address()));
    }
}
