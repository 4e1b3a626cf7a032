package dev.dunlin.connection.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.connection.auth.Identity;
import dev.dunlin.connection.fake.MemoryLink;
import dev.dunlin.connection.fake.OpenDirectory;
import dev.dunlin.connection.link.Outbox;
import dev.dunlin.connection.session.Session;
import dev.dunlin.edge.TokenGrants;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionSubscriptionsTest {
    private static final int MOST_EVENTS = 20;

    private final HubFixture given = new HubFixture();
    private final OpenDirectory directory = new OpenDirectory();
    private final MemoryLink link = new MemoryLink(given.loop);
    private final Session session = new Session(
            new SessionId("s1"),
            new Identity(new UserId("bob"), new TokenGrants(false, List.of()), Long.MAX_VALUE),
            link,
            new Outbox(link, 4_000, given.metrics));
    private final SessionSubscriptions subscriptions = new SessionSubscriptions(
            session,
            new SubscriptionTools(
                    given.hub,
                    given.loop,
                    directory,
                    given.log,
                    new SubscriptionLimits(2, MOST_EVENTS, 400),
                    given.metrics));

    @Test
    void whatWasMissedComesBeforeWhatIsLive() {
        logOf(8);
        subscribe(2);
        given.bring(9);
        assertThat(sent()).containsExactly("subscribed 8 true", "3", "4", "5", "6", "7", "8", "9");
    }

    @Test
    void liveEventsWaitBehindAReplayThatWaitsForTheLink() {
        logOf(8);
        link.room(3);
        subscribe(2);
        given.log.head(10);
        given.bring(9, 10);
        assertThat(link.sent()).hasSize(3);
        drain();
        assertThat(sent()).containsExactly("subscribed 8 true", "3", "4", "5", "6", "7", "8", "9", "10");
    }

    @Test
    void liveEventsThatDoNotFitBehindAReplayAreReplayed() {
        logOf(8);
        link.room(0);
        subscribe(2);
        given.log.head(18);
        given.bring(9, 10, 11, 12, 13, 14, 15, 16, 17, 18);
        drain();
        assertThat(sent())
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
        logOf(MOST_EVENTS + 1);
        subscribe(0);
        given.log.first(10);
        subscribe(5);
        given.bring(22);
        assertThat(sent()).containsExactly("subscribed 21 false", "subscribed 21 false", "22");
    }

    @Test
    void storeThatIsBehindTheBusIsAskedAgain() {
        logOf(3);
        subscribe(null);
        given.bring(4);
        subscribe(2);
        given.log.head(4);
        given.loop.pass(Duration.ofSeconds(1));
        assertThat(sent()).containsExactly("subscribed 3", "4", "subscribed 4 true", "3", "4");
    }

    @Test
    void replayThatCannotGoOnSaysTheGapAndGoesOnLive() {
        logOf(18);
        link.room(2);
        subscribe(0);
        given.log.away(true);
        given.bring(19);
        drain();
        for (int i = 0; i < 6; i++) {
            given.loop.pass(Duration.ofSeconds(2));
        }
        assertThat(sent()).startsWith("subscribed 18 true", "1", "2", "3").doesNotContain("18");
        assertThat(sent().getLast()).isEqualTo("19");
        assertThat(sent().get(sent().size() - 2)).matches("gap \\d+-18");
    }

    @Test
    void unsubscribeWhileOpeningEndsIt() {
        logOf(3);
        ClientFrame.Subscribe frame = frame(HubFixture.CHANNEL, null);
        subscriptions.subscribe(frame);
        subscriptions.unsubscribe(new ClientFrame.Unsubscribe(null, HubFixture.CHANNEL));
        settle();
        given.bring(4);
        assertThat(sent()).containsExactly("unsubscribed");
        assertThat(given.hub.size()).isZero();
    }

    @Test
    void refusedSubscriptionLeavesNothingBehind() {
        subscriptions.subscribe(frame(new ChannelName("group:board"), null));
        settle();
        assertThat(sent()).containsExactly("error forbidden");
        assertThat(subscriptions.contains(new ChannelName("group:board"))).isFalse();
        assertThat(given.bus.isSubscribed("ch:group:board")).isFalse();
    }

    @Test
    void moreChannelsThanASessionMayHaveAreRefused() {
        for (String name : List.of("room:a", "room:b", "room:c")) {
            subscriptions.subscribe(frame(new ChannelName(name), null));
        }
        assertThat(sent()).containsExactly("error forbidden");
    }

    private void logOf(long head) {
        given.log.head(head);
        directory.head(head);
    }

    private void subscribe(@Nullable Integer after) {
        subscriptions.subscribe(frame(HubFixture.CHANNEL, after == null ? null : new StreamPosition(null, after)));
        settle();
    }

    private void settle() {
        given.loop.run();
        given.bus.confirm(HubFixture.TOPIC);
        given.loop.run();
    }

    private void drain() {
        link.room(Integer.MAX_VALUE);
        session.outbox().flush();
        given.loop.run();
    }

    private static ClientFrame.Subscribe frame(ChannelName channel, @Nullable StreamPosition after) {
        return new ClientFrame.Subscribe(Ref.of(1), channel, after);
    }

    /** What the client got, short. */
    private List<String> sent() {
        return link.sent().stream().map(SessionSubscriptionsTest::brief).toList();
    }

    private static String brief(String frame) {
        try {
            JsonNode node = Json.parse(frame.getBytes(StandardCharsets.UTF_8));
            return switch (node.path("type").asText()) {
                case "message" -> node.path("seq").asText();
                case "subscribed" ->
                    ("subscribed " + node.path("head").asText() + " "
                                    + node.path("recovered").asText())
                            .strip();
                case "gap" ->
                    "gap " + node.path("from").asText() + "-" + node.path("to").asText();
                case "error" -> "error " + node.path("code").asText();
                default -> node.path("type").asText();
            };
        } catch (InvalidInput e) {
            throw new IllegalStateException(e);
        }
    }
}
