package dev.dunlin.presence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestTokens;
import dev.dunlin.presence.http.MessageServicePeer;
import dev.dunlin.presence.sweep.GraceSweep;
import dev.dunlin.presence.sweep.NodeSweep;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.RedisKeys;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.http.PresenceList;
import dev.dunlin.protocol.kafka.SessionEvent.Kind;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * From events on Kafka to statuses over REST and changes on the bus. The sweeps run when the test
 * says so.
 */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(MessageServicePeer.class)
class PresenceIT {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration MARGIN = Duration.ofSeconds(6);

    @Inject
    HandClock clock;

    @Inject
    GraceSweep graces;

    @Inject
    NodeSweep nodes;

    @Inject
    RedisDataSource redis;

    @Inject
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final UserId alice = new UserId("alice-" + suffix);
    private final NodeId node = new NodeId("node-" + suffix);
    private final SessionId first = new SessionId("first-" + suffix);
    private final SessionId second = new SessionId("second-" + suffix);
    private SessionProducer sessions;
    private Watch watch;

    @BeforeEach
    void connect() {
        sessions = new SessionProducer(kafka);
        watch = new Watch(redis, alice);
    }

    @AfterEach
    void disconnect() {
        sessions.close();
        watch.close();
    }

    @Test
    void aUserComesGoesAndIsLastSeenWhenTheLastSessionEnded() {
        Instant end = clock.instant().plusMillis(5);
        send(Kind.STARTED, first);
        awaitStatus(Status.ONLINE);
        send(Kind.AWAY, first);
        awaitStatus(Status.AWAY);
        send(Kind.ACTIVE, first);
        awaitStatus(Status.ONLINE);
        sessions.send(Kind.ENDED, alice, first, node, end);
        awaitSession(first, false);

        graces.run();
        assertThat(asked()).as("within the grace").isEqualTo(online());
        clock.advance(GRACE);
        graces.run();

        UserPresence gone = new UserPresence(alice, Status.OFFLINE, end.toEpochMilli());
        assertThat(asked()).isEqualTo(gone);
        awaitChanges(online(), new UserPresence(alice, Status.AWAY, null), online(), gone);
    }

    @Test
    void aReconnectWithinTheGraceIsSilent() {
        send(Kind.STARTED, first);
        send(Kind.ENDED, first);
        send(Kind.STARTED, second);
        awaitSession(second, true);
        clock.advance(GRACE);
        graces.run();
        assertThat(asked()).isEqualTo(online());

        send(Kind.ENDED, second);
        awaitSession(second, false);
        clock.advance(GRACE);
        graces.run();

        awaitChanges(online(), asked());
        assertThat(asked().status()).isEqualTo(Status.OFFLINE);
    }

    @Test
    void aKilledNodeTakesItsUsersWithIt() {
        redis.value(String.class).setex(RedisKeys.nodeLease(node), 60, "");
        send(Kind.STARTED, first);
        awaitStatus(Status.ONLINE);
        nodes.run();
        redis.key().del(RedisKeys.nodeLease(node));
        Instant noticed = clock.instant();
        nodes.run();
        clock.advance(MARGIN);
        nodes.run();
        assertThat(asked())
                .as("within the grace, which began when the lease was missed")
                .isEqualTo(online());
        clock.advance(GRACE.minus(MARGIN));
        graces.run();

        assertThat(asked()).isEqualTo(new UserPresence(alice, Status.OFFLINE, noticed.toEpochMilli()));
        sessions.send(Kind.ENDED, alice, first, node, noticed.plusSeconds(3));
        sessions.send(Kind.STARTED, alice, first, node, noticed.minusSeconds(3));
        sessions.send(Kind.STARTED, alice, second, node, clock.instant());
        awaitSession(second, true);
        assertThat(sessionIsThere(first))
                .as("a record that comes late or again revives nobody")
                .isFalse();
        awaitChanges(online(), new UserPresence(alice, Status.OFFLINE, noticed.toEpochMilli()), online());
    }

    @Test
    void aNodeThatLostItsLeaseForAWhileGetsItsUsersBackByStartingTheirSessionsAgain() {
        send(Kind.STARTED, first);
        awaitStatus(Status.ONLINE);
        nodes.run();
        clock.advance(MARGIN);
        nodes.run();
        awaitSession(first, false);

        redis.value(String.class).setex(RedisKeys.nodeLease(node), 60, "");
        send(Kind.STARTED, first);
        awaitSession(first, true);
        clock.advance(GRACE);
        nodes.run();
        graces.run();

        assertThat(asked()).isEqualTo(online());
        awaitChanges(online());
    }

    @Test
    void anErasedUserIsNotLastSeenAnyMoreAndOthersAre() {
        UserId bob = new UserId("bob-" + suffix);
        send(Kind.STARTED, first);
        sessions.send(Kind.STARTED, bob, second, node, clock.instant());
        sessions.send(Kind.ENDED, bob, second, node, clock.instant());
        send(Kind.ENDED, first);
        await().until(() -> seen(alice) && seen(bob));

        sessions.erased(alice, clock.instant());
        await().until(() -> !seen(alice));
        sessions.erased(alice, clock.instant());
        clock.advance(GRACE);
        graces.run();

        UserPresence gone = new UserPresence(alice, Status.OFFLINE, null);
        assertThat(asked()).isEqualTo(gone);
        awaitChanges(online(), gone);
        assertThat(seen(bob)).isTrue();
    }

    @Test
    void anErasedUserWhoIsOnlineStaysSoAndIsNotLastSeenWhenItGoes() {
        send(Kind.STARTED, first);
        awaitStatus(Status.ONLINE);
        sessions.sendUserText(alice, "{\"type\":\"user_renamed\",\"user\":\"" + alice + "\",\"at\":1}");
        sessions.erased(alice, clock.instant());
        await().until(() -> redis.key().exists("presence:erased:" + alice));
        assertThat(asked()).isEqualTo(online());

        send(Kind.ENDED, first);
        awaitSession(first, false);
        clock.advance(GRACE);
        graces.run();

        assertThat(asked()).isEqualTo(new UserPresence(alice, Status.OFFLINE, null));
        assertThat(seen(alice)).isFalse();
    }

    @Test
    void aRecordThatNobodyCanReadIsSkipped() {
        sessions.sendText(alice, "not JSON");
        sessions.sendText(alice, "{\"type\":\"session_started\",\"user\":\"a b\"}");
        send(Kind.STARTED, first);

        awaitStatus(Status.ONLINE);
    }

    private void send(Kind kind, SessionId session) {
        sessions.send(kind, alice, session, node, clock.instant());
    }

    private UserPresence online() {
        return new UserPresence(alice, Status.ONLINE, null);
    }

    private UserPresence asked() {
        return given().auth()
                .oauth2(TestTokens.user("bob"))
                .queryParam("user", alice.value())
                .get("/v1/presence")
                .then()
                .statusCode(200)
                .extract()
                .as(PresenceList.class)
                .users()
                .getFirst();
    }

    private void awaitStatus(Status status) {
        await().until(() -> asked().status() == status);
    }

    private void awaitSession(SessionId session, boolean there) {
        await().until(() -> sessionIsThere(session) == there);
    }

    private boolean sessionIsThere(SessionId session) {
        return redis.hash(String.class).hexists("presence:user:" + alice, session.value());
    }

    private boolean seen(UserId user) {
        return redis.hash(String.class).hexists("presence:seen", user.value());
    }

    private void awaitChanges(UserPresence... changes) {
        await().untilAsserted(() -> assertThat(watch.changes()).containsExactly(changes));
    }
}
