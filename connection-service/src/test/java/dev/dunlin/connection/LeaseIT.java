package dev.dunlin.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.lease.NodeLife;
import dev.dunlin.connection.peer.NodeIT;
import dev.dunlin.connection.peer.PeerAddress;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.protocol.kafka.SessionDigest;
import dev.dunlin.protocol.kafka.SessionEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(PeerAddress.class)
@SuppressWarnings("NullAway.Init") // fields are injected
class LeaseIT extends NodeIT {
    @Inject
    NodeLife life;

    @Test
    void leaseIsThatOfTheLifeAndNotOfTheName() {
        Awaitility.await().until(() -> peer.key("node:" + life.id()).isPresent());
        assertThat(life.id().value()).startsWith(node + ".");
        assertThat(peer.key("node:" + node)).isEmpty();
    }

    @Test
    void nodeIsListed() {
        Awaitility.await().until(() -> peer.nodes().contains(life.id().value()));
    }

    @Test
    void digestIsSentWhenTheLeaseWasGone() {
        link(own("bob"));
        Awaitility.await()
                .untilAsserted(() -> assertThat(peer.sessionEvents(own("bob"))).hasSize(1));
        SessionEvent started = peer.sessionRecords(SessionEvent.class).stream()
                .filter(event -> event.user().value().equals(own("bob")))
                .findFirst()
                .orElseThrow();
        assertThat(started.node()).isEqualTo(life.id());
        peer.forget("node:" + life.id());
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(peer.sessionRecords(SessionDigest.class))
                        .anySatisfy(digest -> {
                            assertThat(digest.node()).isEqualTo(life.id());
                            assertThat(digest.count()).isEqualTo(1);
                            assertThat(digest.hash()).isEqualTo(SessionDigest.hash(started.session(), false));
                        }));
        assertThat(peer.key("node:" + life.id())).isPresent();
    }
}
