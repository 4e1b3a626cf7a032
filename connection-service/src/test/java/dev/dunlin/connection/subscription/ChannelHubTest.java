package dev.dunlin.connection.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.bus.BusMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChannelHubTest {
    private final HubFixture given = new HubFixture();
    private final RecordingSubscriber alice = new RecordingSubscriber(given.loop);
    private final RecordingSubscriber bob = new RecordingSubscriber(given.loop);

    private void attach(RecordingSubscriber subscriber, long known) {
        given.hub.attach(HubFixture.CHANNEL, given.head(known), subscriber);
        given.loop.run();
    }

    /** Opens the channel with a log of three. */
    private void open(RecordingSubscriber subscriber) {
        given.log.head(3);
        attach(subscriber, 3);
        given.bus.confirm(HubFixture.BUS_CHANNEL);
        given.loop.run();
    }

    @Test
    void subscriberIsAttachedOnlyWhenTheBusHasConfirmed() {
        given.log.head(3);
        attach(alice, 3);
        assertThat(given.bus.isSubscribed(HubFixture.BUS_CHANNEL)).isTrue();
        assertThat(alice.received).isEmpty();
        given.bus.confirm(HubFixture.BUS_CHANNEL);
        given.loop.run();
        assertThat(alice.received).containsExactly("head 3");
    }

    @Test
    void whatHappensWhileTheBusSubscribesIsNotMissed() {
        given.log.head(3);
        attach(alice, 3);
        given.log.head(5); // published before the subscription was confirmed
        given.bus.confirm(HubFixture.BUS_CHANNEL);
        given.loop.run();
        given.bring(6);
        assertThat(alice.received).containsExactly("head 5", "6");
    }

    @Test
    void openingReadsNoPageWhenNothingWasMissed() {
        open(alice);
        assertThat(alice.received).containsExactly("head 3");
        assertThat(given.log.calls()).isZero();
    }

    @Test
    void channelThatNobodyHasUsedOpensWithoutAPage() {
        given.log.missing(true);
        attach(alice, 0);
        given.bus.confirm(HubFixture.BUS_CHANNEL);
        given.loop.run();
        given.bring(1);
        assertThat(alice.received).containsExactly("head 0", "1");
        assertThat(given.log.calls()).isZero();
    }

    @Test
    void channelWhoseLogIsGoneAsksForAPage() {
        given.log.missing(true);
        given.log.head(3);
        attach(alice, 3);
        given.bus.confirm(HubFixture.BUS_CHANNEL);
        given.loop.run();
        assertThat(given.log.calls()).isEqualTo(1);
    }

    @Test
    void whatTheBusBringsWhileTheHeadIsReadComesInOrder() {
        given.log.head(3);
        attach(alice, 3);
        given.bring(4, 5);
        given.bus.confirm(HubFixture.BUS_CHANNEL);
        given.loop.run();
        given.bring(6);
        assertThat(alice.received).containsExactly("head 5", "6");
        assertThat(given.log.calls()).isZero();
    }

    @Test
    void openingAsksTheLogAgainWhenItsHeadCannotBeRead() {
        given.log.head(3);
        attach(alice, 3);
        given.log.unreachable(true);
        given.bus.confirm(HubFixture.BUS_CHANNEL);
        given.loop.run();
        assertThat(alice.received).isEmpty();
        given.log.unreachable(false);
        given.log.head(4);
        given.loop.pass(Duration.ofMillis(10));
        assertThat(alice.received).containsExactly("head 4");
    }

    @Test
    void eventsGoOutInOrderAndOnce() {
        open(alice);
        given.bring(4, 4, 3, 5);
        assertThat(alice.received).containsExactly("head 3", "4", "5");
    }

    @Test
    void holeIsFilledFromTheLogBeforeWhatCameAfterIt() {
        open(alice);
        given.log.head(9);
        given.bring(4, 9, 10);
        given.log.head(10);
        assertThat(alice.received).containsExactly("head 3", "4", "5", "6", "7", "8", "9", "10");
        assertThat(given.metrics.repaired).hasPositiveValue();
    }

    @Test
    void logThatIsBehindTheBusIsAskedAgain() {
        open(alice);
        given.bring(5);
        assertThat(alice.received).containsExactly("head 3");
        given.log.head(5);
        given.loop.pass(Duration.ofMillis(10));
        assertThat(alice.received).containsExactly("head 3", "4", "5");
    }

    @Test
    void eventsThatCouldNotBeHeldAreFetched() {
        open(alice);
        given.bring(5, 6, 7, 8, 9, 10, 11);
        given.log.head(11);
        given.loop.pass(Duration.ofMillis(10));
        assertThat(alice.received).containsExactly("head 3", "4", "5", "6", "7", "8", "9", "10", "11");
    }

    @Test
    void holeThatCannotBeFilledIsSaid() {
        open(alice);
        given.log.unreachable(true);
        given.bring(6);
        given.loop.pass(Duration.ofMillis(10));
        given.loop.pass(Duration.ofMillis(20));
        assertThat(alice.received).containsExactly("head 3", "gap 5", "6");
        given.bring(7);
        assertThat(alice.received).endsWith("7");
    }

    @Test
    void lostConnectionMakesEveryChannelAskTheLog() {
        open(alice);
        given.log.head(5);
        given.busSubscriptions.reconnected();
        given.loop.run();
        assertThat(alice.received).containsExactly("head 3", "4", "5");
    }

    @Test
    void knownHeadBeyondTheLastEventMakesTheChannelAskTheLog() {
        open(alice);
        given.log.head(4); // lost on the bus, and nothing came after it
        attach(bob, 4);
        assertThat(alice.received).containsExactly("head 3", "4");
        assertThat(bob.received).containsExactly("head 4");
    }

    @Test
    void lastOneTakesTheBusSubscriptionAlong() {
        open(alice);
        attach(bob, 3);
        given.hub.detach(HubFixture.CHANNEL, alice);
        assertThat(given.bus.isSubscribed(HubFixture.BUS_CHANNEL)).isTrue();
        given.hub.detach(HubFixture.CHANNEL, bob);
        given.hub.detach(HubFixture.CHANNEL, bob);
        assertThat(given.bus.isSubscribed(HubFixture.BUS_CHANNEL)).isFalse();
        assertThat(given.hub.size()).isZero();
    }

    @Test
    void goneSubscriberOfAnOldChannelDoesNotTouchTheNewOne() {
        given.log.head(3);
        attach(alice, 3);
        given.hub.detach(HubFixture.CHANNEL, alice);
        attach(bob, 3);
        given.hub.detach(HubFixture.CHANNEL, alice);
        given.bus.confirm(HubFixture.BUS_CHANNEL);
        given.loop.run();
        assertThat(bob.received).containsExactly("head 3");
        assertThat(alice.received).isEmpty();
    }

    @Test
    void unreachableBusRefusesAndAnotherTryStartsAgain() {
        attach(alice, 0);
        given.bus.fail(HubFixture.BUS_CHANNEL);
        given.loop.run();
        assertThat(alice.received).containsExactly("refused");
        assertThat(given.hub.size()).isZero();
        open(bob);
        assertThat(bob.received).containsExactly("head 3");
    }

    @Test
    void anotherEpochVoidsAllPositions() {
        open(alice);
        given.busSubscriptions.received(
                HubFixture.BUS_CHANNEL,
                BusMessage.event(1, new Epoch("e2"), new TraceId(1, 1), null, new byte[0])
                        .encode());
        given.loop.run();
        assertThat(alice.received).containsExactly("head 3", "lost");
        assertThat(given.bus.isSubscribed(HubFixture.BUS_CHANNEL)).isFalse();
    }

    @Test
    void whatIsNoBusMessageIsDropped() {
        open(alice);
        given.busSubscriptions.received(HubFixture.BUS_CHANNEL, new byte[] {9});
        given.bring(4);
        assertThat(alice.received).containsExactly("head 3", "4");
    }
}
