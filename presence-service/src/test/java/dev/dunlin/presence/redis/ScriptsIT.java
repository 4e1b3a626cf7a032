package dev.dunlin.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.presence.http.MessageServicePeer;
import dev.dunlin.presence.sweep.NodeLeases.NodeState;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.RedisKeys;
import dev.dunlin.protocol.kafka.SessionEvent;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Each thing that the scripts can return, on a real Redis. Times are far after those of the other
 * tests: nothing here is due for them.
 */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(MessageServicePeer.class)
class ScriptsIT {
    private static final Instant NOW = Instant.parse("2040-01-01T00:00:00Z");
    private static final Instant DUE = NOW.plusSeconds(10);
    private static final Duration MARGIN = Duration.ofSeconds(6);

    @Inject
    PinnedRedis pinned;

    @Inject
    RedisDataSource redis;

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final UserId user = new UserId("user-" + suffix);
    private final NodeId node = new NodeId("node-" + suffix);
    private final NodeId otherNode = new NodeId("other-" + suffix);
    private final SessionId phone = new SessionId("phone-" + suffix);
    private final SessionId desk = new SessionId("desk-" + suffix);

    @Test
    void theFirstSessionMakesItsUserOnline() {
        assertThat(start(phone, node, 1)).isEqualTo(PutSession.Outcome.ONLINE);
        assertThat(status()).isEqualTo("online");
    }

    @Test
    void aSecondSessionChangesNothingForWatchers() {
        start(phone, node, 1);

        assertThat(start(desk, otherNode, 2)).isEqualTo(PutSession.Outcome.KEPT);
    }

    @Test
    void aStartThatComesAgainIsStale() {
        start(phone, node, 1);
        put(phone, node, "away", 2);

        assertThat(start(phone, node, 1)).isEqualTo(PutSession.Outcome.STALE);
        assertThat(status()).isEqualTo("away");
    }

    @Test
    void aStatusOlderThanTheLastIsStale() {
        start(phone, node, 1);
        put(phone, node, "away", 5);

        assertThat(put(phone, node, "online", 4)).isEqualTo(PutSession.Outcome.STALE);
    }

    @Test
    void aStatusFromTheNodeThatTheSessionLeftIsStale() {
        start(phone, node, 1);
        assertThat(start(phone, otherNode, 2)).isEqualTo(PutSession.Outcome.KEPT);

        assertThat(put(phone, node, "away", 3)).isEqualTo(PutSession.Outcome.STALE);
    }

    @Test
    void aStartOlderThanTheEndIsStaleAndANewerOneRevives() {
        start(phone, node, 1);
        end(phone, node, 5, EndSession.Witness.NODE);

        assertThat(start(phone, node, 5)).isEqualTo(PutSession.Outcome.STALE);
        assertThat(put(phone, node, "away", 4)).isEqualTo(PutSession.Outcome.STALE);
        assertThat(start(phone, node, 6)).isEqualTo(PutSession.Outcome.KEPT);
        assertThat(isDue()).isFalse();
    }

    @Test
    void aStartThatComesAfterItsEndStaysEnded() {
        assertThat(end(phone, node, 5, EndSession.Witness.NODE)).isEqualTo(EndSession.Outcome.UNKNOWN);

        assertThat(start(phone, node, 1)).isEqualTo(PutSession.Outcome.STALE);
        assertThat(status()).isNull();
    }

    @Test
    void aUserIsAwayWhenEverySessionIs() {
        start(phone, node, 1);
        start(desk, otherNode, 2);

        assertThat(put(phone, node, "away", 3)).isEqualTo(PutSession.Outcome.KEPT);
        assertThat(put(desk, otherNode, "away", 4)).isEqualTo(PutSession.Outcome.AWAY);
        assertThat(put(desk, otherNode, "online", 5)).isEqualTo(PutSession.Outcome.ONLINE);
    }

    @Test
    void theEndOfTheActiveSessionLeavesAnAwayUser() {
        start(phone, node, 1);
        start(desk, otherNode, 2);
        put(phone, node, "away", 3);

        assertThat(end(desk, otherNode, 4, EndSession.Witness.NODE)).isEqualTo(EndSession.Outcome.AWAY);
        assertThat(start(desk, otherNode, 5)).isEqualTo(PutSession.Outcome.ONLINE);
    }

    @Test
    void theEndOfOneOfTwoActiveSessionsChangesNothingForWatchers() {
        start(phone, node, 1);
        start(desk, otherNode, 2);

        assertThat(end(desk, otherNode, 4, EndSession.Witness.NODE)).isEqualTo(EndSession.Outcome.KEPT);
    }

    @Test
    void aStatusThatWasLeftBehindIsPutRightByTheNextEnd() {
        start(phone, node, 1);
        start(desk, otherNode, 2);
        redis.value(String.class).set(Keys.status(user), "away");

        assertThat(end(desk, otherNode, 4, EndSession.Witness.NODE)).isEqualTo(EndSession.Outcome.ONLINE);
    }

    @Test
    void theEndOfTheLastSessionStartsTheGraceAndKeepsTheStatus() {
        start(phone, node, 1);

        assertThat(end(phone, node, 4, EndSession.Witness.NODE)).isEqualTo(EndSession.Outcome.GRACE);
        assertThat(isDue()).isTrue();
        assertThat(status()).isEqualTo("online");
    }

    @Test
    void anEndThatComesAgainIsUnknown() {
        start(phone, node, 1);
        end(phone, node, 4, EndSession.Witness.NODE);

        assertThat(end(phone, node, 4, EndSession.Witness.NODE)).isEqualTo(EndSession.Outcome.UNKNOWN);
    }

    @Test
    void theEndOnTheNodeThatTheSessionLeftIsUnknown() {
        start(phone, node, 1);
        start(phone, otherNode, 2);

        assertThat(end(phone, node, 3, EndSession.Witness.NODE)).isEqualTo(EndSession.Outcome.UNKNOWN);
        assertThat(status()).isEqualTo("online");
    }

    @Test
    void aSweepSparesTheSessionsOfANodeThatHasALeaseAgain() {
        start(phone, node, 1);
        lease();

        assertThat(end(phone, node, 3, EndSession.Witness.SWEEP)).isEqualTo(EndSession.Outcome.LEASED);
        assertThat(redis.set(String.class).smembers(Keys.node(node))).containsExactly(user + " " + phone);
    }

    @Test
    void aSweepEndsTheSessionsOfANodeWithoutALease() {
        start(phone, node, 1);

        assertThat(end(phone, node, 3, EndSession.Witness.SWEEP)).isEqualTo(EndSession.Outcome.GRACE);
        assertThat(redis.key().exists(Keys.node(node))).isFalse();
    }

    @Test
    void aUserWhoseGraceIsOverGoesOfflineOnce() {
        start(phone, node, 1);
        end(phone, node, 4, EndSession.Witness.NODE);

        assertThat(offline(DUE.minusMillis(1))).isEqualTo(GoOffline.Outcome.NOT_DUE);
        assertThat(offline(DUE)).isEqualTo(GoOffline.Outcome.OFFLINE);
        assertThat(offline(DUE)).isEqualTo(GoOffline.Outcome.NOT_DUE);
        assertThat(status()).isNull();
        assertThat(seen()).isEqualTo("4");
    }

    @Test
    void anErasedUserWhoIsGoneIsNotLastSeen() {
        start(phone, node, 1);
        end(phone, node, 4, EndSession.Witness.NODE);
        assertThat(erase()).isEqualTo(EraseUser.Outcome.GONE);

        assertThat(offline(DUE)).isEqualTo(GoOffline.Outcome.OFFLINE);
        assertThat(seen()).isNull();
        assertThat(markEnds()).isTrue();
    }

    @Test
    void anErasedUserWhoIsThereLeavesNoLastSeenHoweverLateItsLastSessionEnds() {
        start(phone, node, 1);
        start(desk, otherNode, 2);
        assertThat(erase()).isEqualTo(EraseUser.Outcome.CONNECTED);
        assertThat(status()).isEqualTo("online");

        end(phone, node, 4, EndSession.Witness.NODE);
        assertThat(markEnds()).as("one session is left").isFalse();
        assertThat(end(desk, otherNode, 5, EndSession.Witness.NODE)).isEqualTo(EndSession.Outcome.GRACE);
        assertThat(seen()).isNull();
        assertThat(markEnds()).isTrue();
    }

    @Test
    void sessionsThatAreHeardOfAfterTheErasureLeaveNoLastSeen() {
        assertThat(erase()).isEqualTo(EraseUser.Outcome.GONE);

        start(phone, node, 1);
        assertThat(end(phone, node, 4, EndSession.Witness.NODE)).isEqualTo(EndSession.Outcome.GRACE);
        assertThat(seen()).isNull();
    }

    @Test
    void aUserWhoComesBackOnceTheErasureIsForgottenIsLastSeen() {
        erase();
        redis.key().del(Keys.erased(user));

        start(phone, node, 1);
        end(phone, node, 4, EndSession.Witness.NODE);
        assertThat(seen()).isEqualTo("4");
    }

    @Test
    void onlineUsersAreCountedOnceEach() {
        long before = count();
        start(phone, node, 1);
        start(desk, otherNode, 1);
        assertThat(count()).isEqualTo(before + 1);

        end(phone, node, 4, EndSession.Witness.NODE);
        end(desk, otherNode, 4, EndSession.Witness.NODE);
        offline(DUE);
        assertThat(count()).isEqualTo(before);
    }

    @Test
    void aNodeIsAliveWhileItHasALease() {
        start(phone, node, 1);
        lease();

        assertThat(check(NOW.plusSeconds(60))).isEqualTo(new NodeState.Alive());
    }

    @Test
    void aNodeThatStartedASessionBeforeItsFirstLeaseIsMissingForTheMarginOnly() {
        start(phone, node, 1);

        assertThat(check(NOW.plusSeconds(5))).isEqualTo(new NodeState.Missing());
        assertThat(check(NOW.plusSeconds(6))).isEqualTo(new NodeState.Gone(NOW));
    }

    @Test
    void aNodeIsMissedFromWhenItsLeaseWasFirstFoundGone() {
        start(phone, node, 1);
        lease();
        check(NOW.plusSeconds(60));
        redis.key().del(RedisKeys.nodeLease(node));

        assertThat(check(NOW.plusSeconds(120))).isEqualTo(new NodeState.Missing());
        assertThat(check(NOW.plusSeconds(125))).isEqualTo(new NodeState.Missing());
        assertThat(check(NOW.plusSeconds(126))).isEqualTo(new NodeState.Gone(NOW.plusSeconds(120)));
    }

    @Test
    void aNodeThatIsGoneAndHasNoSessionsIsForgotten() {
        start(phone, node, 1);
        end(phone, node, 3, EndSession.Witness.NODE);

        assertThat(check(NOW.plusSeconds(6))).isEqualTo(new NodeState.Forgotten());
        assertThat(check(NOW.plusSeconds(6))).isEqualTo(new NodeState.Forgotten());
        assertThat(redis.sortedSet(String.class).zscore(Keys.NODES, node.value()))
                .isEmpty();
    }

    private PutSession.Outcome start(SessionId session, NodeId on, long at) {
        return put(session, on, "start", at);
    }

    private PutSession.Outcome put(SessionId session, NodeId on, String what, long at) {
        SessionEvent event = new SessionEvent(SessionEvent.Kind.STARTED, session, user, on, at);
        return PutSession.Outcome.of(pinned.one(PutSession.request(event, what, NOW)));
    }

    private EndSession.Outcome end(SessionId session, NodeId on, long at, EndSession.Witness witness) {
        EndSession.End end = new EndSession.End(user, session, on, at, witness);
        return EndSession.Outcome.of(pinned.one(EndSession.request(end, DUE, Duration.ofMinutes(10))));
    }

    private GoOffline.Outcome offline(Instant now) {
        return GoOffline.Outcome.of(pinned.one(GoOffline.request(user, now)));
    }

    private EraseUser.Outcome erase() {
        return EraseUser.Outcome.of(pinned.one(EraseUser.request(user, Duration.ofMinutes(10))));
    }

    private boolean markEnds() {
        return redis.key().pttl(Keys.erased(user)) > 0;
    }

    private String seen() {
        return redis.hash(String.class).hget(Keys.SEEN, user.value());
    }

    private NodeState check(Instant now) {
        return CheckNode.outcome(pinned.one(CheckNode.request(node, now, MARGIN)));
    }

    private void lease() {
        redis.value(String.class).setex(RedisKeys.nodeLease(node), 60, "");
    }

    private String status() {
        return redis.value(String.class).get(Keys.status(user));
    }

    private boolean isDue() {
        return redis.sortedSet(String.class).zscore(Keys.DUE, user.value()).isPresent();
    }

    private long count() {
        String count = redis.value(String.class).get(Keys.ONLINE);
        return count == null ? 0 : Long.parseLong(count);
    }
}
