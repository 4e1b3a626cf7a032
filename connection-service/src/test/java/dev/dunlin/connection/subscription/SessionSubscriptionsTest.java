package dev.dunlin.connection.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.frame.ClientFrame;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionSubscriptionsTest {
    private final ClientFixture client = new ClientFixture();
    private final HubFixture given = client.hub;

    @Test
    void whatWasMissedComesBeforeWhatIsLive() {
        client.logOf(8);
        client.subscribe(2);
        given.bring(9);
        assertThat(client.sent()).containsExactly("subscribed 8 true", "3", "4", "5", "6", "7", "8", "9");
    }

    @Test
    void liveEventsWaitBehindAReplayThatWaitsForTheLink() {
        client.logOf(8);
        client.link.room(3);
        client.subscribe(2);
        given.log.head(10);
        given.bring(9, 10);
        assertThat(client.link.sent()).hasSize(3);
        client.drain();
        assertThat(client.sent()).containsExactly("subscribed 8 true", "3", "4", "5", "6", "7", "8", "9", "10");
    }

    @Test
    void liveEventsThatDoNotFitBehindAReplayAreReplayed() {
        client.logOf(8);
        client.link.room(0);
        client.subscribe(2);
        given.log.head(18);
        given.bring(9, 10, 11, 12, 13, 14, 15, 16, 17, 18);
        client.drain();
        assertThat(client.sent())
                .containsExactly(
                        "subscribed 8 true",
                        "3",
                        "4",
                        "5",
                        "6",
                        "7",
                        "8",
                        "9",
                        "10",
                        "11",
                        "12",
                        "13",
                        "14",
                        "15",
                        "16",
                        "17",
                        "18");
    }

    @Test
    void positionTooFarBackOrNoLongerRetainedIsNotRecovered() {
        client.logOf(ClientFixture.MOST_EVENTS + 1);
        client.subscribe(0);
        given.log.first(10);
        client.subscribe(5);
        given.bring(22);
        assertThat(client.sent()).containsExactly("subscribed 21 false", "subscribed 21 false", "22");
    }

    @Test
    void storeThatIsBehindTheBusIsAskedAgain() {
        client.logOf(3);
        client.subscribe(null);
        given.bring(4);
        client.subscribe(2);
        given.log.head(4);
        given.loop.pass(Duration.ofSeconds(1));
        assertThat(client.sent()).containsExactly("subscribed 3", "4", "subscribed 4 true", "3", "4");
    }

    @Test
    void replayThatCannotGoOnSaysTheGapAndGoesOnLive() {
        client.logOf(18);
        client.link.room(2);
        client.subscribe(0);
        given.log.unreachable(true);
        given.bring(19);
        client.drain();
        for (int i = 0; i < 6; i++) {
            given.loop.pass(Duration.ofSeconds(2));
        }
        assertThat(client.sent())
                .startsWith("subscribed 18 true", "1", "2", "3")
                .doesNotContain("18");
        assertThat(client.sent().getLast()).isEqualTo("19");
        assertThat(client.sent().get(client.sent().size() - 2)).matches("gap \\d+-18");
    }

    @Test
    void unsubscribeWhileOpeningEndsIt() {
        client.logOf(3);
        ClientFrame.Subscribe frame = ClientFixture.frame(HubFixture.CHANNEL, null);
        client.subscriptions.handle(frame);
        client.subscriptions.handle(new ClientFrame.Unsubscribe(null, HubFixture.CHANNEL));
        client.settle();
        given.bring(4);
        assertThat(client.sent()).containsExactly("unsubscribed");
        assertThat(given.hub.size()).isZero();
    }

    @Test
    void refusedSubscriptionLeavesNothingBehind() {
        client.subscriptions.handle(ClientFixture.frame(new ChannelName("group:board"), null));
        client.settle();
        assertThat(client.sent()).containsExactly("error forbidden");
        assertThat(client.subscriptions.contains(new ChannelName("group:board")))
                .isFalse();
        assertThat(given.bus.isSubscribed(BusChannel.named("ch:group:board"))).isFalse();
    }

    @Test
    void moreChannelsThanASessionMayHaveAreRefused() {
        for (String name : List.of("room:a", "room:b", "room:c")) {
            client.subscriptions.handle(ClientFixture.frame(new ChannelName(name), null));
        }
        assertThat(client.sent()).containsExactly("error forbidden");
    }
}
