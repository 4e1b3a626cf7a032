package dev.dunlin.connection.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.fake.MemoryLog;
import dev.dunlin.protocol.CloseCode;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.bus.BusMessage;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A resume is whole or refused, whatever happens in the middle of it; and after
 * {@code recovered:true} nothing is missing without a word.
 */
class ResumeTest {
    private final ClientFixture client = new ClientFixture();
    private final HubFixture given = client.hub;

    private void pass() {
        for (int i = 0; i < 20; i++) {
            given.loop.pass(Duration.ofMillis(500));
        }
    }

    /** Seq after seq, from one to another. */
    private static List<String> events(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(Long::toString).toList();
    }

    @Test
    void positionFromBeforeTheMemberJoinedIsRefusedAndNothingOfThatIsSent() {
        client.directory.from(6);
        client.logOf(10);
        client.subscribe(3);
        given.bring(11);
        assertThat(client.sent()).containsExactly("subscribed 10 false", "11");
    }

    @Test
    void positionAtWhichTheMemberJoinedIsResumed() {
        client.directory.from(6);
        client.logOf(8);
        client.subscribe(5);
        pass();
        assertThat(client.sent()).containsExactly("subscribed 8 true", "6", "7", "8");
    }

    @Test
    void whatIsPublishedBetweenWelcomeAndTheSubscriptionFollows() {
        client.logOf(7);
        client.subscriptions.welcome(List.of(new ServerFrame.Membership(HubFixture.CHANNEL, MemoryLog.EPOCH, 5, 0, 0)));
        client.settle();
        pass();
        given.bring(8);
        assertThat(client.sent()).containsExactly("6", "7", "8");
    }

    @Test
    void moreThanIsReplayedBetweenWelcomeAndTheSubscriptionIsAGap() {
        client.logOf(5 + ClientFixture.MOST_EVENTS + 1);
        client.subscriptions.welcome(List.of(new ServerFrame.Membership(HubFixture.CHANNEL, MemoryLog.EPOCH, 5, 0, 0)));
        client.settle();
        pass();
        assertThat(client.sent()).containsExactly("gap 6-" + (5 + ClientFixture.MOST_EVENTS + 1));
    }

    @Test
    void positionOfAnotherEpochIsRefused() {
        client.logOf(5);
        client.subscribe(new Epoch("e0"), 2);
        given.bring(6);
        assertThat(client.sent()).containsExactly("subscribed 5 false", "6");
    }

    @Test
    void epochThatChangesInTheMiddleEndsTheSession() {
        client.logOf(18);
        client.link.room(2);
        client.subscribe(0);
        given.log.epoch(new Epoch("e2"));
        client.drain();
        assertThat(client.link.closed()).isEqualTo(CloseCode.POSITION_LOST);
    }

    @Test
    void whatIsTrimmedInTheMiddleIsSaid() {
        client.logOf(18);
        client.link.room(2);
        client.subscribe(0);
        given.log.first(15);
        given.bring(19);
        client.drain();
        List<String> sent = client.sent();
        assertThat(sent.getFirst()).isEqualTo("subscribed 18 true");
        assertThat(sent.getLast()).isEqualTo("19");
        assertThat(client.covered(0)).isEqualTo(19);
        assertThat(sent).anyMatch(frame -> frame.startsWith("gap"));
    }

    @Test
    void storeThatGoesAwayInTheMiddleAndComesBackInTimeIsNotNoticed() {
        client.logOf(18);
        client.link.room(2);
        client.subscribe(0);
        given.log.unreachable(true);
        client.drain();
        given.bring(19);
        given.log.unreachable(false);
        pass();
        assertThat(client.sent().getFirst()).isEqualTo("subscribed 18 true");
        assertThat(client.sent().subList(1, 20)).isEqualTo(events(1, 19));
    }

    @Test
    void storeThatStaysAwayBeforeTheFirstEventRefusesAndLeavesNoHoleInWhatIsLive() {
        client.logOf(3);
        client.subscribe(null);
        given.bring(4);
        given.log.unreachable(true);
        given.hub.detach(HubFixture.CHANNEL, new RecordingSubscriber(given.loop));
        client.subscribe(0);
        given.bring(LongStream.rangeClosed(5, 30).toArray()); // more than may wait behind the replay
        pass();
        assertThat(client.sent()).startsWith("subscribed 3", "4").contains("error unavailable", "gap 1-4");
        assertThat(client.sent().getLast()).isEqualTo("30");
        assertThat(client.covered(3)).isEqualTo(30);
    }

    @Test
    void firstSubscribeThatCannotBeResumedLeavesTheClientUnsubscribed() {
        client.logOf(3);
        given.hub.attach(HubFixture.CHANNEL, given.head(3), new RecordingSubscriber(given.loop));
        client.settle();
        given.log.unreachable(true);
        client.subscribe(0);
        pass();
        given.bring(4);
        assertThat(client.sent()).containsExactly("error unavailable");

        given.log.unreachable(false);
        client.logOf(4);
        client.subscribe(0);
        pass();
        assertThat(client.sent().subList(1, 6)).containsExactly("subscribed 4 true", "1", "2", "3", "4");
    }

    @Test
    void eventsThatTheBusLosesInTheMiddleComeInTheirPlace() {
        client.logOf(9);
        client.link.room(2);
        client.subscribe(0);
        given.log.head(12);
        given.bring(12); // 10 and 11 were lost
        client.drain();
        pass();
        assertThat(client.sent().subList(1, 13)).isEqualTo(events(1, 12));
    }

    @Test
    void lostBusConnectionInTheMiddleLosesNothing() {
        client.logOf(9);
        client.link.room(2);
        client.subscribe(0);
        given.log.head(12);
        given.busSubscriptions.reconnected();
        given.loop.run();
        client.drain();
        pass();
        assertThat(client.sent().subList(1, 13)).isEqualTo(events(1, 12));
    }

    @Test
    void unsubscribeInTheMiddleEndsItAtOnce() {
        client.logOf(18);
        client.link.room(2);
        client.subscribe(0);
        client.unsubscribe();
        client.drain();
        pass();
        given.bring(19);
        assertThat(client.sent().getLast()).isEqualTo("unsubscribed");
        assertThat(client.sent()).doesNotContain("19", "18");
    }

    @Test
    void lastEventsComeFromMemoryWithoutACall() {
        client.logOf(3);
        client.subscribe(null);
        given.bring(4, 5, 6);
        int before = given.log.calls();
        client.subscribe(3);
        assertThat(client.sent()).containsExactly("subscribed 3", "4", "5", "6", "subscribed 6 true", "4", "5", "6");
        assertThat(given.log.calls()).isEqualTo(before);
        assertThat(given.metrics.tailHits).hasValue(1);
    }

    @Test
    void resumeBeginsInTheStoreAndEndsInMemory() {
        client.logOf(3);
        client.subscribe(null);
        given.log.head(6); // the store is behind the bus: 7 to 10 are in memory only
        given.bring(4, 5, 6, 7, 8, 9, 10);
        int before = given.log.calls();
        client.subscribe(1);
        pass();
        assertThat(client.sent().subList(8, client.sent().size()))
                .isEqualTo(concat("subscribed 10 true", events(2, 10)));
        assertThat(given.log.calls() - before).isLessThanOrEqualTo(2);
    }

    @Test
    void eventsToldAheadOfAStoreThatIsAwayAreResumedFromMemory() {
        client.logOf(3);
        client.subscribe(null);
        given.log.unreachable(true);
        given.bring(4, 5);
        client.subscribe(3);
        assertThat(client.sent()).endsWith("subscribed 5 true", "4", "5");
    }

    @Test
    void clientThatIsAheadOfTheNodeWaitsForItAndGetsNothingTwice() {
        client.logOf(3);
        client.subscribe(5); // another node told it 4 and 5
        assertThat(client.sent()).isEmpty();
        given.bring(4, 5, 6);
        given.bring(7);
        assertThat(client.sent()).containsExactly("subscribed 5 true", "6", "7");
    }

    @Test
    void clientThatIsAheadOfTheNodeIsRecoveredFromTheStoreWhenTheBusLostIt() {
        client.logOf(3);
        client.subscribe(5);
        given.log.head(6);
        pass();
        given.bring(7);
        assertThat(client.sent()).containsExactly("subscribed 5 true", "6", "7");
    }

    @Test
    void clientThatIsAheadOfEverybodyIsRefusedAfterAMomentAndGetsWhatCameMeanwhile() {
        client.logOf(3);
        client.subscribe(50);
        given.loop.pass(Duration.ofMillis(50));
        given.bring(4);
        assertThat(client.sent()).isEmpty();
        pass();
        given.bring(5);
        assertThat(client.sent()).containsExactly("subscribed 4 false", "4", "5");
    }

    @Test
    void thousandClientsAheadCostFewCalls() {
        client.logOf(3);
        client.subscribe(null);
        int before = given.log.headCalls();
        for (int i = 0; i < 1_000; i++) {
            given.hub.suspect(HubFixture.CHANNEL);
        }
        given.loop.run();
        assertThat(given.log.headCalls() - before).isBetween(1, 2);
    }

    @Test
    void slowClientOfATickerGetsWhatItMissedThenAGapAndTheLatest() {
        client.directory.conflate(true);
        client.logOf(9);
        client.link.room(2);
        client.subscribe(0);
        given.log.head(40);
        given.bring(LongStream.rangeClosed(10, 40).toArray());
        client.drain();
        pass();
        assertThat(client.covered(0)).isEqualTo(40);
        assertThat(client.sent().subList(1, 10)).isEqualTo(events(1, 9));
        assertThat(client.sent().getLast()).isEqualTo("40");
        assertThat(client.link.sent()).anyMatch(frame -> frame.contains("\"conflated\":true"));
    }

    @Test
    void stalledClientOfATickerIsNotClosed() {
        client.directory.conflate(true);
        client.logOf(0);
        client.subscribe(null);
        client.link.room(0);
        for (long seq = 1; seq <= 1_000; seq++) {
            given.bring(seq);
        }
        client.drain();
        assertThat(client.link.closed()).isNull();
        assertThat(client.sent().getLast()).isEqualTo("1000");
        assertThat(client.covered(0)).isEqualTo(1_000);
    }

    @Test
    void anotherEpochOnTheBusInTheMiddleEndsTheSession() {
        client.logOf(18);
        client.link.room(2);
        client.subscribe(0);
        given.busSubscriptions.received(
                HubFixture.BUS_CHANNEL,
                BusMessage.event(1, new Epoch("e2"), new TraceId(1, 1), null, new byte[0])
                        .encode());
        given.loop.run();
        assertThat(client.link.closed()).isEqualTo(CloseCode.POSITION_LOST);
    }

    private static List<String> concat(String first, List<String> rest) {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(first), rest.stream())
                .toList();
    }
}
