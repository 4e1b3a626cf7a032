package dev.dunlin.presence;

import static org.awaitility.Awaitility.await;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.presence.http.MessageServicePeer;
import dev.dunlin.presence.session.SessionDirectory;
import dev.dunlin.presence.status.StatusBoard;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.kafka.SessionEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The sweeps run by themselves. */
@QuarkusTest
@TestProfile(SweepScheduleIT.Scheduled.class)
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(MessageServicePeer.class)
class SweepScheduleIT {
    /** As in production. */
    public static final class Scheduled implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.scheduler.enabled", "true", "dunlin.presence.sweep-every", "1s");
        }
    }

    @Inject
    HandClock clock;

    @Inject
    SessionDirectory sessions;

    @Inject
    StatusBoard statuses;

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final UserId alice = new UserId("alice-" + suffix);

    @Test
    void aUserOfANodeThatNeverHadALeaseGoesOfflineWithoutHelp() {
        sessions.apply(
                List.of(new SessionEvent(
                        SessionEvent.Kind.STARTED,
                        new SessionId("s-" + suffix),
                        alice,
                        new NodeId("node-" + suffix),
                        clock.millis())),
                clock.instant());

        await().until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return statuses.find(List.of(alice)).getFirst().status() == Status.OFFLINE;
        });
    }
}
