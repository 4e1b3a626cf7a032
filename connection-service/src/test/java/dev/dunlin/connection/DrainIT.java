package dev.dunlin.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dunlin.connection.drain.Drain;
import dev.dunlin.connection.lease.NodeLife;
import dev.dunlin.connection.peer.NodeIT;
import dev.dunlin.connection.peer.PeerAddress;
import dev.dunlin.connection.peer.TestLink;
import dev.dunlin.connection.peer.TestStream;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestTokens;
import dev.dunlin.protocol.kafka.SessionEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.WebSocketHandshakeException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(PeerAddress.class)
@TestProfile(DrainIT.NodeOfItsOwn.class)
@SuppressWarnings("NullAway.Init") // fields are injected
class DrainIT extends NodeIT {
    @Inject
    Drain drain;

    @Inject
    NodeLife life;

    /** The node takes nobody afterwards. */
    public static final class NodeOfItsOwn implements QuarkusTestProfile {}

    @Test
    void drainSendsClientsAwayAndLeavesNothingBehind() {
        TestLink bob = link(own("bob"));
        TestStream stream = TestStream.open(
                client(),
                HttpRequest.newBuilder(http("/v1/events?channel=" + own("room:lobby")))
                        .header("Authorization", "Bearer " + TestTokens.user(own("carol"))),
                "");
        assertThat(stream.retry()).isEqualTo("2000");
        Awaitility.await().until(() -> peer.key("node:" + life.id()).isPresent());
        Awaitility.await()
                .untilAsserted(() -> assertThat(peer.sessionEvents(own("bob"))).hasSize(1));
        assertThat(peer.nodes()).contains(life.id().value());
        drain.run();
        assertThat(peer.nodes()).doesNotContain(life.id().value());
        assertThat(bob.next("goaway").path("jitterMs").asLong()).isEqualTo(200);
        assertThat(bob.closeCode()).isEqualTo(4000);
        assertThat(stream.find("goaway").path("jitterMs").asLong()).isEqualTo(200);
        assertThat(stream.ends()).isTrue();
        assertThat(peer.key("node:" + life.id())).isEmpty();
        Awaitility.await()
                .untilAsserted(() -> assertThat(peer.sessionEvents(own("bob")))
                        .containsExactly(SessionEvent.Kind.STARTED, SessionEvent.Kind.ENDED));
        Throwable refused = catchThrowable(() -> connect(webSocket(""), TestTokens.user(own("bob"))));
        assertThat(refused.getCause()).isInstanceOf(WebSocketHandshakeException.class);
    }
}
