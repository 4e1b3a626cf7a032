package dev.dunlin.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.lease.NodeLife;
import dev.dunlin.connection.peer.NodeIT;
import dev.dunlin.connection.peer.PeerAddress;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.protocol.kafka.SessionEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
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
    void sessionsAreAnnouncedAgainWhenTheLeaseWasGone() {
        link(own("bob"));
        Awaitility.await().until(() -> startsOf(own("bob")).size() == 1);
        peer.forget("node:" + life.id());
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .until(() -> startsOf(own("bob")).size() == 2);
        assertThat(startsOf(own("bob")))
                .allSatisfy(started -> assertThat(started.node()).isEqualTo(life.id()));
        assertThat(peer.key("node:" + life.id())).isPresent();
    }

    private List<SessionEvent> startsOf(String user) {
        return peer.sessionEvents().stream()
                .filter(event -> event.user().value().equals(user) && event.type() == SessionEvent.Kind.STARTED)
                .toList();
    }
}
