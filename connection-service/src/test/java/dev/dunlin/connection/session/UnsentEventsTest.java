package dev.dunlin.connection.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.kafka.SessionEvent;
import dev.dunlin.protocol.kafka.SessionEvent.Kind;
import dev.dunlin.protocol.kafka.SessionList;
import dev.dunlin.protocol.kafka.SessionRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UnsentEventsTest {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private final ReportsFixture node = new ReportsFixture();

    @Test
    void theFirstEventGoesAtOnceAndTheNextLingerForOthersInTheirOrder() {
        Session bob = node.start("bob");
        node.start("alice");
        node.loop.run();
        assertThat(node.records.attempts()).hasSize(1);
        node.pass(ReportsFixture.LINGER);
        node.away(bob, true);
        node.pass(ReportsFixture.LINGER);
        assertThat(node.records.attempts())
                .extracting(record -> ((SessionEvent) record).type())
                .containsExactly(Kind.STARTED, Kind.STARTED, Kind.AWAY);
        assertThat(node.reports.waiting()).isEqualTo(2);
        node.records.storeAll();
        node.loop.run();
        assertThat(node.reports.waiting()).isZero();
    }

    @Test
    void timesGrowEvenIfTheClockIsSetBack() {
        Session bob = node.start("bob");
        node.pass(ReportsFixture.LINGER);
        node.clockMs = 5;
        node.away(bob, true);
        node.pass(ReportsFixture.LINGER);
        assertThat(node.records.attempts().get(1).at())
                .isGreaterThan(node.records.attempts().get(0).at());
    }

    @Test
    void newerEventTakesThePlaceOfAnOlderOneThatWasNotStored() {
        Session bob = node.start("bob");
        node.pass(ReportsFixture.LINGER);
        node.records.failAll();
        node.loop.run();
        node.away(bob, true);
        node.pass(ReportsFixture.LINGER);
        assertThat(node.records.attempts()).hasSize(1); // it pauses
        node.pass(FIRST_PAUSE);
        assertThat(kinds()).containsExactly(Kind.STARTED, Kind.AWAY);
    }

    @Test
    void acknowledgementOfAnOlderEventDoesNotStandForTheNewerOne() {
        Session bob = node.start("bob");
        node.pass(ReportsFixture.LINGER);
        MemoryRecords.Call started = node.records.waiting().removeFirst();
        node.away(bob, true);
        node.pass(ReportsFixture.LINGER);
        started.outcome().complete(null);
        node.loop.run();
        assertThat(node.reports.waiting()).isEqualTo(1);
        node.records.failAll();
        node.loop.run();
        node.pass(FIRST_PAUSE);
        assertThat(kinds()).containsExactly(Kind.STARTED, Kind.AWAY, Kind.AWAY);
    }

    @Test
    void retriesPauseLongerEachTimeUpToFiveSecondsAndNeverEnd() {
        node.start("bob");
        node.pass(ReportsFixture.LINGER);
        for (long pause : List.of(250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000)) {
            int before = node.records.attempts().size();
            node.records.failAll();
            node.loop.run();
            node.pass(Duration.ofMillis(pause - 1));
            assertThat(node.records.attempts()).hasSize(before);
            node.pass(Duration.ofMillis(1));
            assertThat(node.records.attempts()).hasSize(before + 1);
        }
        node.records.storeAll();
        node.loop.run();
        assertThat(node.reports.waiting()).isZero();
    }

    @Test
    void awayThatIsKnownIsNotReportedAgain() {
        Session bob = node.start("bob");
        node.away(bob, false);
        node.pass(ReportsFixture.LINGER);
        node.away(bob, true);
        node.away(bob, true);
        node.pass(ReportsFixture.LINGER);
        assertThat(kinds()).containsExactly(Kind.STARTED, Kind.AWAY);
    }

    @Test
    void outageWithMoreSessionsThanAreKeptEndsWithListsInstead() {
        for (int i = 0; i < UnsentEvents.MOST + 100; i++) {
            node.start("user" + i);
        }
        node.loop.run();
        for (int i = 0; i < 10; i++) {
            node.records.failAll();
            node.loop.run();
            node.pass(Duration.ofSeconds(5));
        }
        assertThat(node.reports.waiting()).isBetween(UnsentEvents.MOST * 9 / 10, UnsentEvents.MOST);
        assertThat(node.records.waiting()).hasSizeLessThan(200); // probes only
        node.settle();
        assertThat(node.reports.waiting()).isZero();
        Receiver receiver = new Receiver();
        receiver.readAll(node.records);
        assertThat(receiver.sessions()).isEqualTo(Receiver.sessionsOf(node.directory));
        assertThat(node.records.attempts()).hasAtLeastOneElementOfType(SessionList.class);
    }

    @Test
    void settlesWhenEverythingIsStored() {
        assertThat(settled()).isCompleted();
        node.start("bob");
        CompletableFuture<Void> settled = settled();
        node.records.failAll();
        node.loop.run();
        assertThat(settled).isNotDone();
        node.pass(FIRST_PAUSE);
        node.records.storeAll();
        node.loop.run();
        assertThat(settled).isCompleted();
    }

    private CompletableFuture<Void> settled() {
        CompletableFuture<Void> settled = node.activity.settled();
        node.loop.run();
        return settled;
    }

    private List<Kind> kinds() {
        return node.records.attempts().stream().map(UnsentEventsTest::kind).toList();
    }

    private static Kind kind(SessionRecord record) {
        return ((SessionEvent) record).type();
    }
}
