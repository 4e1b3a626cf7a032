package dev.dunlin.connection.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MissedChangesTest {
    private static final long OWNER = WatchFixture.OWNER;

    private final WatchFixture node = new WatchFixture();

    @BeforeEach
    void watch() {
        node.watch("alice");
        node.bring(OWNER, 1, Status.ONLINE, "alice");
        node.loop.pass(ChangeFrames.PAUSE);
        node.service.set("alice", Status.ONLINE);
        assertThat(node.frames()).containsExactly("alice=online");
        node.service.asked().clear();
    }

    @Test
    void batchesInOrderNeedNoSnapshot() {
        node.repeat(OWNER, 1, "alice");
        node.bring(OWNER, 2, Status.AWAY, "alice");
        node.repeat(OWNER, 2, "alice");
        node.loop.pass(WatchFixture.JITTER);
        assertThat(node.service.asked()).isEmpty();
    }

    @Test
    void holeIsFilledByASnapshot() {
        node.service.set("alice", Status.AWAY);
        node.repeat(OWNER, 2, "alice");
        snapshot();
        assertThat(node.frames()).containsExactly("alice=away");
        node.repeat(OWNER, 2, "alice");
        snapshot();
        assertThat(node.service.asked()).hasSize(1);
    }

    @Test
    void changesAfterAHoleAreTakenBeforeTheSnapshot() {
        node.service.set("alice", Status.AWAY);
        node.bring(OWNER, 3, Status.OFFLINE, "alice");
        assertThat(node.frames()).containsExactly("alice=offline");
        snapshot();
        assertThat(node.frames()).containsExactly("alice=away");
    }

    @Test
    void newOwnerIsFollowedByASnapshotAndTheOldOneIgnored() {
        node.bring(OWNER + 1, 1, Status.AWAY, "alice");
        assertThat(node.frames()).containsExactly("alice=away");
        node.bring(OWNER, 2, Status.OFFLINE, "alice");
        node.service.set("alice", Status.AWAY);
        snapshot();
        assertThat(node.service.asked()).containsExactly(List.of(new UserId("alice")));
        assertThat(node.frames()).isEmpty();
    }

    @Test
    void silenceOfNinetySecondsIsSuspect() {
        node.loop.pass(Duration.ofSeconds(80));
        node.repeat(OWNER, 1, "alice");
        node.loop.pass(Duration.ofSeconds(80));
        snapshot();
        assertThat(node.service.asked()).isEmpty();
        node.service.set("alice", Status.OFFLINE);
        node.loop.pass(Duration.ofSeconds(10));
        snapshot();
        assertThat(node.frames()).containsExactly("alice=offline");
        assertThat(node.service.asked()).hasSize(1);
    }

    @Test
    void snapshotIsIgnoredForWhomABatchChangedMeanwhile() {
        node.busSubscriptions.reconnected();
        node.service.hold();
        node.loop.pass(WatchFixture.JITTER);
        node.bring(OWNER, 2, Status.AWAY, "alice");
        node.service.answer();
        node.loop.run();
        node.loop.pass(ChangeFrames.PAUSE);
        assertThat(node.frames()).containsExactly("alice=away");
    }

    @Test
    void everybodyIsFetchedAfterAReconnectInFullCalls() {
        for (int batch = 0; batch < 3; batch++) {
            int first = batch * 100;
            node.watch(
                    IntStream.range(first, first + 100).mapToObj(i -> "w" + i).toArray(String[]::new));
        }
        node.service.asked().clear();
        node.busSubscriptions.reconnected();
        node.busSubscriptions.reconnected();
        snapshot();
        assertThat(node.service.asked()).extracting(List::size).containsExactly(100, 100, 100, 1);
        assertThat(node.frames()).isEmpty();
    }

    @Test
    void failedSnapshotIsTriedAgainAfterAPause() {
        node.service.unreachable(true);
        node.busSubscriptions.reconnected();
        snapshot();
        node.service.unreachable(false);
        node.service.set("alice", Status.AWAY);
        node.loop.pass(Duration.ofMillis(250));
        assertThat(node.frames()).containsExactly("alice=away");
        assertThat(node.service.asked()).hasSize(2);
    }

    @Test
    void unknownIsNotSentAndFetchedAgainUntilItIsKnown() {
        node.service.set("alice", Status.UNKNOWN);
        node.busSubscriptions.reconnected();
        snapshot();
        for (long pause : List.of(250, 500, 1_000, 2_000, 4_000, 5_000, 5_000)) {
            int before = node.service.asked().size();
            node.loop.pass(Duration.ofMillis(pause - 1));
            assertThat(node.service.asked()).hasSize(before);
            node.loop.pass(Duration.ofMillis(1));
            assertThat(node.service.asked()).hasSize(before + 1);
        }
        assertThat(node.frames()).isEmpty();
        node.service.set("alice", Status.AWAY);
        node.loop.pass(Duration.ofSeconds(5));
        assertThat(node.frames()).containsExactly("alice=away");
        node.service.asked().clear();
        node.loop.pass(Duration.ofSeconds(5));
        assertThat(node.service.asked()).isEmpty();
    }

    @Test
    void unknownInAnAnswerIsCorrected() {
        node.service.set("carol", Status.UNKNOWN);
        node.watch("carol");
        node.service.set("carol", Status.ONLINE);
        node.loop.pass(Duration.ofMillis(250));
        assertThat(node.frames()).containsExactly("carol=online");
    }

    @Test
    void unknownOfAUserWhoIsKnownIsCorrectedToo() {
        node.service.set("alice", Status.UNKNOWN);
        node.ask(null, "alice");
        node.service.set("alice", Status.ONLINE); // as before
        node.loop.pass(Duration.ofMillis(250));
        assertThat(node.frames()).containsExactly("presence_state", "alice=online");
    }

    @Test
    void unknownInABatchIsIgnored() {
        node.bring(OWNER, 2, Status.UNKNOWN, "alice");
        assertThat(node.frames()).isEmpty();
    }

    /** Lets the jitter pass, which is longer than the pause between frames. */
    private void snapshot() {
        node.loop.pass(WatchFixture.JITTER);
    }
}
