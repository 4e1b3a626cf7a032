package dev.dunlin.connection.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.bus.BusChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeadChecksTest {
    private static final Duration ROUND = Duration.ofSeconds(10);

    private final HubFixture given = new HubFixture();
    private final RecordingSubscriber alice = new RecordingSubscriber(given.loop);

    private void open(ChannelName channel, long head) {
        given.hub.attach(channel, given.head(head), alice);
        given.loop.run();
        given.bus.confirm(BusChannel.ofChannel(channel));
        given.loop.run();
    }

    private void openWithThree() {
        given.log.head(3);
        open(HubFixture.CHANNEL, 3);
    }

    private void pass(Duration time) {
        for (int i = 0; i < 10; i++) {
            given.loop.pass(time.dividedBy(10));
        }
    }

    @Test
    void lostLastEventIsFoundByTheSweep() {
        given.hub.start();
        openWithThree();
        given.log.head(4); // lost on the bus, and nothing comes after it
        pass(ROUND);
        pass(Duration.ofSeconds(1));
        assertThat(alice.received).containsExactly("head 3", "4");
        assertThat(given.metrics.behind).hasValue(1);
    }

    @Test
    void sweepFetchesNothingWhenAllIsWell() {
        given.hub.start();
        openWithThree();
        int before = given.log.calls();
        for (int i = 0; i < 6; i++) {
            pass(ROUND);
        }
        assertThat(given.log.calls()).isEqualTo(before);
        assertThat(given.log.headCalls()).isBetween(5, 7);
        assertThat(given.metrics.behind).hasValue(0);
    }

    @Test
    void eventOnItsWayIsNoHole() {
        given.hub.start();
        openWithThree();
        int before = given.log.calls();
        given.log.head(4);
        given.loop.pass(Duration.ofSeconds(1));
        given.bring(4);
        pass(Duration.ofSeconds(1));
        assertThat(alice.received).containsExactly("head 3", "4");
        assertThat(given.log.calls()).isEqualTo(before);
        assertThat(given.metrics.behind).hasValue(0);
    }

    @Test
    void storeThatIsBehindTheBusIsNoHole() {
        openWithThree();
        given.bring(4, 5);
        int before = given.log.calls();
        given.busSubscriptions.reconnected(); // the store still says 3
        given.loop.run();
        given.bring(6);
        assertThat(alice.received).containsExactly("head 3", "4", "5", "6");
        assertThat(given.log.calls()).isEqualTo(before);
    }

    @Test
    void lostConnectionComparesManyChannelsInFewCallsAndRepairsOnlyThoseBehind() {
        for (int i = 0; i < 2_500; i++) {
            open(new ChannelName("room:" + i), 0);
        }
        given.log.head(0);
        int before = given.log.calls();
        given.busSubscriptions.reconnected();
        given.loop.run();
        assertThat(given.log.headCalls()).isEqualTo(3);
        assertThat(given.metrics.compared).hasValue(2_500);
        assertThat(given.log.calls()).isEqualTo(before);
    }

    @Test
    void comparisonIsTriedUntilTheLogAnswers() {
        openWithThree();
        given.log.head(5);
        given.log.unreachable(true);
        given.busSubscriptions.reconnected();
        pass(Duration.ofSeconds(20));
        assertThat(alice.received).containsExactly("head 3");
        given.log.unreachable(false);
        pass(Duration.ofSeconds(20));
        assertThat(alice.received).containsExactly("head 3", "4", "5");
    }

    @Test
    void headLearnedWhileARepairRunsIsReachedBeforeItEnds() {
        openWithThree();
        given.log.unreachable(true);
        given.log.head(5);
        given.bring(5); // a hole: the repair tries again later
        given.hub.attach(HubFixture.CHANNEL, given.head(7), new RecordingSubscriber(given.loop));
        given.log.unreachable(false);
        given.log.head(5);
        given.loop.pass(Duration.ofMillis(10));
        assertThat(alice.received).containsExactly("head 3", "4", "5");
        given.log.head(7);
        given.loop.pass(Duration.ofMillis(20));
        assertThat(alice.received).containsExactly("head 3", "4", "5", "6", "7");
    }

    @Test
    void ephemeralChannelsAreNotCompared() {
        given.hub.start();
        given.hub.attach(new ChannelName("signal:cursors"), null, alice);
        given.loop.run();
        given.bus.confirm(BusChannel.named("ch:signal:cursors"));
        pass(ROUND);
        given.busSubscriptions.reconnected();
        given.loop.run();
        assertThat(given.log.headCalls()).isZero();
    }

    @Test
    void ofTwoNodesTheOneThatMissedEventsCatchesUp() {
        HubFixture other = new HubFixture();
        RecordingSubscriber bob = new RecordingSubscriber(other.loop);
        openWithThree();
        other.log.head(3);
        other.hub.attach(HubFixture.CHANNEL, other.head(3), bob);
        other.loop.run();
        other.bus.confirm(HubFixture.BUS_CHANNEL);
        other.loop.run();
        given.bring(4, 5); // this node hears of them ahead of the store, the other one never
        given.busSubscriptions.reconnected();
        other.busSubscriptions.reconnected();
        given.loop.run();
        other.loop.run();
        assertThat(bob.received).containsExactly("head 3");
        other.log.head(5);
        other.busSubscriptions.reconnected();
        other.loop.run();
        assertThat(bob.received).containsExactly("head 3", "4", "5");
        assertThat(alice.received).containsExactly("head 3", "4", "5");
    }
}
