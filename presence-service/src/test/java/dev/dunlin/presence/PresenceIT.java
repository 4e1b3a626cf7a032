package dev.dunlin.presence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.TestTokens;
import dev.dunlin.presence.http.MessageServicePeer;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.RedisKeys;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.http.PresenceList;
import dev.dunlin.protocol.kafka.PresenceShard;
import dev.dunlin.protocol.kafka.SessionDigest;
import dev.dunlin.protocol.kafka.SessionEvent.Kind;
import dev.dunlin.protocol.kafka.SessionList;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From records on Kafka to statuses over REST and changes on the bus, with a short grace. */
@QuarkusTest
@TestProfile(PresenceIT.Brief.class)
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(MessageServicePeer.class)
@SuppressWarnings("NullAway.Init") // fields are injected, or set before each test
class PresenceIT {
    /** The times of a test. */
    public static final class Brief implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("dunlin.presence.grace", "1s", "dunlin.presence.lease-margin", "1s");
        }
    }

    /** A process that has just started gets its shards when the one before has left the group. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
    private final Instant start = Instant.now();
    private SessionProducer sessions;
    private Watch watch;
    /** Grows with each record, as the clock of a node. */
    private int records;

    @BeforeEach
    void connect() {
        sessions = new SessionProducer(kafka);
        watch = new Watch(redis, alice);
        lease();
        await().atMost(PATIENCE).until(() -> asked().status() != Status.UNKNOWN);
    }

    @AfterEach
    void disconnect() {
        redis.key().del(RedisKeys.nodeLease(node));
        sessions.close();
        watch.close();
    }

    private void lease() {
        redis.value(String.class).setex(RedisKeys.nodeLease(node), 60, "alive");
    }

    @Test
    void aUserComesGoesAndIsLastSeenWhenTheLastSessionEnded() {
        send(Kind.STARTED, first);
        awaitStatus(Status.ONLINE);
        send(Kind.AWAY, first);
        awaitStatus(Status.AWAY);
        send(Kind.ACTIVE, first);
        awaitStatus(Status.ONLINE);
        Instant end = send(Kind.ENDED, first);
        UserPresence gone = new UserPresence(alice, Status.OFFLINE, end.toEpochMilli());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(asked()).isEqualTo(gone));
        awaitChanges(online(), there(Status.AWAY), online(), gone);
    }

    @Test
    void whatAUserChoseAndWhenItWasSeenOutlivesRedis() {
        send(Kind.STARTED, first);
        awaitStatus(Status.ONLINE);
        Instant end = send(Kind.ENDED, first);
        awaitStatus(Status.OFFLINE);
        given().auth()
                .oauth2(TestTokens.user(alice.value()))
                .contentType("application/json")
                .body("{\"text\":\"On holiday\"}")
                .put("/v1/presence/me")
                .then()
                .statusCode(200);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(asked().text()).isEqualTo("On holiday"));

        List<String> shard = redis.key().keys("p:{" + PresenceShard.of(alice) + "}:*");
        assertThat(shard).isNotEmpty();
        redis.key().del(shard.toArray(String[]::new));
        await().atMost(PATIENCE).until(() -> asked().status() == Status.OFFLINE);
        assertThat(asked().text()).isEqualTo("On holiday");
        assertThat(asked().lastSeen()).isEqualTo(end.toEpochMilli());
    }

    @Test
    void aReconnectWithinTheGraceIsSilent() throws InterruptedException {
        send(Kind.STARTED, first);
        awaitStatus(Status.ONLINE);
        send(Kind.ENDED, first);
        send(Kind.STARTED, second);
        Thread.sleep(2_500); // longer than the grace
        assertThat(asked()).isEqualTo(online());
        awaitChanges(online());
    }

    @Test
    void aKilledNodeTakesItsUsersWithIt() {
        send(Kind.STARTED, first);
        awaitStatus(Status.ONLINE);
        redis.key().del(RedisKeys.nodeLease(node));
        awaitStatus(Status.OFFLINE);
        assertThat(asked().lastSeen()).isNotNull();
        assertThat(watch.changes()).containsExactly(online(), asked());
    }

    @Test
    void whatANodeSaysDiffersFromWhatIsKnownUntilItHasListedItsSessions() {
        send(Kind.STARTED, first);
        awaitStatus(Status.ONLINE);
        sessions.send(alice, new SessionDigest(node, next().toEpochMilli(), 1, SessionDigest.hash(second, true)));
        await().atMost(PATIENCE)
                .until(() -> watch.asked().stream()
                        .anyMatch(wanted ->
                                node.equals(wanted.node()) && wanted.shards().contains(PresenceShard.of(alice))));
        sessions.send(
                alice,
                new SessionList(
                        node,
                        next().toEpochMilli(),
                        0,
                        true,
                        List.of(new SessionList.Listed(second, alice, true, Device.WEB))));
        awaitStatus(Status.AWAY);
        send(Kind.ENDED, first);
        send(Kind.ENDED, second);
        awaitStatus(Status.OFFLINE);
    }

    @Test
    void anErasedUserIsNotLastSeenAnyMoreAndOthersAre() {
        UserId bob = new UserId("bob-" + suffix);
        send(Kind.STARTED, first);
        sessions.send(Kind.STARTED, bob, second, node, next());
        sessions.send(Kind.ENDED, bob, second, node, next());
        send(Kind.ENDED, first);
        await().atMost(PATIENCE).until(() -> seen(alice) && seen(bob));
        sessions.erased(alice, Instant.now());
        await().atMost(PATIENCE).until(() -> !seen(alice));
        awaitStatus(Status.OFFLINE);
        assertThat(asked().lastSeen()).isNull();
        assertThat(seen(bob)).isTrue();
    }

    @Test
    void anErasedUserWhoIsOnlineStaysSoAndIsNotLastSeenWhenItGoes() {
        send(Kind.STARTED, first);
        awaitStatus(Status.ONLINE);
        sessions.sendUserText(alice, "{\"type\":\"user_renamed\",\"user\":\"" + alice + "\",\"at\":1}");
        sessions.erased(alice, Instant.now());
        await().atMost(PATIENCE)
                .until(() -> redis.sortedSet(String.class)
                        .zscore(key("erased"), alice.value())
                        .isPresent());
        assertThat(asked()).isEqualTo(online());
        send(Kind.ENDED, first);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(asked()).isEqualTo(new UserPresence(alice, Status.OFFLINE, null)));
        assertThat(seen(alice)).isFalse();
    }

    @Test
    void aRecordThatNobodyCanReadIsSkipped() {
        sessions.sendText(alice, "not JSON");
        sessions.sendText(alice, "{\"type\":\"session_started\",\"user\":\"a b\"}");
        send(Kind.STARTED, first);
        awaitStatus(Status.ONLINE);
    }

    private Instant next() {
        return start.plusMillis(++records);
    }

    private Instant send(Kind kind, SessionId session) {
        Instant at = next();
        sessions.send(kind, alice, session, node, at);
        return at;
    }

    private UserPresence online() {
        return there(Status.ONLINE);
    }

    private UserPresence there(Status status) {
        return new UserPresence(alice, status, null, Map.of(Device.WEB, status), null, null, null, null);
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
        await().atMost(PATIENCE).until(() -> asked().status() == status);
    }

    private boolean seen(UserId user) {
        return redis.sortedSet(String.class)
                .zscore("p:{" + PresenceShard.of(user) + "}:seen", user.value())
                .isPresent();
    }

    private String key(String name) {
        return "p:{" + PresenceShard.of(alice) + "}:" + name;
    }

    private void awaitChanges(UserPresence... changes) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(watch.changes()).containsExactly(changes));
    }
}
