package dev.dunlin.connection.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.kafka.SessionDigest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShardDigestsTest {
    private static final int SHARD = 3;

    private final ReportsFixture node = new ReportsFixture();
    private final String bob = ReportsFixture.user(SHARD, 0);

    @BeforeEach
    void passTheFirstWhichComesAtARandomTime() {
        node.pass(ShardDigests.EVERY);
    }

    @Test
    void shardThatNeverHadASessionHasNone() {
        node.pass(ShardDigests.EVERY);
        assertThat(digests()).isEmpty();
    }

    @Test
    void changedShardIsSentOnce() {
        Session away = node.start(bob);
        Session ended = node.start(bob);
        node.away(away, true);
        node.away(ended, true);
        node.settle();
        node.end(ended);
        node.settle();
        nextDigests();
        assertThat(digests()).hasSize(1).first().satisfies(digest -> {
            assertThat(digest.count()).isEqualTo(1);
            assertThat(digest.hash()).isEqualTo(SessionDigest.hash(away.id(), true));
        });
        nextDigests();
        assertThat(digests()).hasSize(1);
        node.end(away);
        node.settle();
        nextDigests();
        assertThat(digests()).hasSize(2);
        assertThat(digests().getLast().count()).isZero();
        assertThat(digests().getLast().hash()).isZero();
    }

    @Test
    void unchangedShardIsSentAgainAfterFiveMinutes() {
        node.start(bob);
        node.settle();
        nextDigests();
        for (Duration passed = Duration.ZERO;
                passed.compareTo(ShardDigests.AGAIN) < 0;
                passed = passed.plus(ShardDigests.EVERY)) {
            assertThat(digests()).hasSize(1);
            nextDigests();
        }
        assertThat(digests()).hasSize(2);
    }

    @Test
    void shardWhoseEventIsNotStoredHasNoneUntilItIs() {
        node.start(bob);
        node.pass(ShardDigests.EVERY);
        assertThat(digests()).isEmpty();
        node.settle();
        nextDigests();
        assertThat(digests()).hasSize(1);
    }

    @Test
    void digestThatIsNotStoredComesWithTheNextOnes() {
        node.start(bob);
        node.settle();
        node.pass(ShardDigests.EVERY);
        node.records.failAll();
        node.loop.run();
        nextDigests();
        assertThat(digests()).hasSize(2);
        nextDigests();
        assertThat(digests()).hasSize(2);
    }

    @Test
    void lapsedLeaseSendsAllAtOnce() {
        node.start(bob);
        node.start(ReportsFixture.user(5, 0));
        node.settle();
        nextDigests();
        node.reports.lapsed();
        node.loop.run();
        assertThat(digests()).hasSize(4);
    }

    private void nextDigests() {
        node.pass(ShardDigests.EVERY);
        node.records.storeAll();
        node.loop.run();
    }

    private List<SessionDigest> digests() {
        return node.records.attempts().stream()
                .filter(SessionDigest.class::isInstance)
                .map(SessionDigest.class::cast)
                .toList();
    }
}
