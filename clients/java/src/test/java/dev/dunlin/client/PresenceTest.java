package dev.dunlin.client;

import static dev.dunlin.client.Events.ENG;
import static dev.dunlin.client.Events.FIRST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.client.link.Link;
import dev.dunlin.client.rest.Http;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.client.transport.StandardLinks;
import dev.dunlin.client.transport.Transport;
import dev.dunlin.client.transport.TransportChoice;
import dev.dunlin.client.transport.TransportMemory;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ChannelUser;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final UserId BOB = new UserId("bob");
    private static final UserId CAROL = new UserId("carol");

    private final ManualLoop loop = new ManualLoop();
    private final LinksByHand links = new LinksByHand();
    private final List<String> said = new ArrayList<>();
    private final List<UserPresence> heard = new ArrayList<>();
    private final DunlinClient client = client();
    private final RealtimePresence presence = client.presenceIn(ENG);

    @BeforeEach
    void connect() {
        var unused = client.connect();
        welcome();
    }

    @Test
    void enterWaitsForTheSubscription() {
        var unused = client.subscribe(ENG);
        CompletableFuture<Void> entered = presence.enter(Json.tree("x"));
        loop.run();
        assertThat(sent(ClientFrame.Enter.class)).isEmpty();
        grant();
        assertThat(last(ClientFrame.Enter.class).data()).isEqualTo(Json.tree("x"));
        acknowledge(last(ClientFrame.Enter.class).ref());
        assertThat(entered).isCompleted();
    }

    @Test
    void aPresenceThatIsAskedForAfterTheSubscriptionIsGrantedToo() {
        ChannelName lobby = new ChannelName("room:lobby");
        var subscribed = client.subscribe(lobby);
        loop.run();
        say(new ServerFrame.Subscribed(last(ClientFrame.Subscribe.class).ref(), lobby, FIRST, 0L, null, null));
        var entered = client.presenceIn(lobby).enter();
        loop.run();
        assertThat(subscribed).isCompleted();
        assertThat(sent(ClientFrame.Enter.class)).hasSize(1);
        assertThat(entered).isNotDone();
    }

    @Test
    void withoutASubscriptionEnterIsRefusedAtOnce() {
        CompletableFuture<Void> entered = presence.enter();
        loop.run();
        assertThat(codeOf(entered)).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(sent(ClientFrame.Enter.class)).isEmpty();
    }

    @Test
    void dataThatIsTooLargeIsRefusedAtTheCall() {
        assertThatThrownBy(() -> presence.update(Json.tree("x".repeat(1_100))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("data");
    }

    @Test
    void aReconnectEntersAgainWithTheLastDataAndFollowsAgain() {
        subscribe();
        var entered = presence.enter(Json.tree(1));
        loop.run();
        acknowledge(last(ClientFrame.Enter.class).ref());
        var updated = presence.update(Json.tree(2));
        loop.run();
        acknowledge(last(ClientFrame.Update.class).ref());
        follow(BOB);
        assertThat(List.of(entered, updated)).allMatch(CompletableFuture::isDone);

        reconnect();
        assertThat(sent(ClientFrame.Enter.class)).isEmpty();
        grant();
        assertThat(last(ClientFrame.Enter.class).data()).isEqualTo(Json.tree(2));
        assertThat(sent(ClientFrame.Update.class)).isEmpty();
        sync(CAROL);
        assertThat(presence.members()).containsOnlyKeys(CAROL);
    }

    @Test
    void enterSurvivesALinkThatIsLostBeforeTheAnswer() {
        subscribe();
        CompletableFuture<Void> entered = presence.enter();
        loop.run();
        reconnect();
        grant();
        assertThat(entered).isNotDone();
        acknowledge(last(ClientFrame.Enter.class).ref());
        assertThat(entered).isCompleted();
    }

    @Test
    void afterLeavingAReconnectDoesNotEnter() {
        subscribe();
        var entered = presence.enter();
        loop.run();
        acknowledge(last(ClientFrame.Enter.class).ref());
        CompletableFuture<Void> left = presence.leave();
        loop.run();
        acknowledge(last(ClientFrame.Leave.class).ref());
        reconnect();
        grant();
        assertThat(List.of(entered, left)).allMatch(CompletableFuture::isDone);
        assertThat(sent(ClientFrame.Enter.class)).isEmpty();
        assertThat(sent(ClientFrame.Leave.class)).hasSize(1);
    }

    @Test
    void diffsChangeTheMembersAndASyncWithoutRefReplacesThem() {
        subscribe();
        follow(BOB);
        say(new ServerFrame.PresenceDiff(ENG, List.of(user(CAROL, null)), List.of(user(BOB, "new")), null));
        assertThat(presence.members()).containsOnlyKeys(BOB, CAROL).containsEntry(BOB, user(BOB, "new"));
        say(new ServerFrame.PresenceDiff(ENG, null, null, List.of(BOB)));
        assertThat(presence.members()).containsOnlyKeys(CAROL);
        say(new ServerFrame.PresenceSync(null, ENG, List.of(), new ServerFrame.Count(900, 901), true));
        assertThat(presence.members()).isEmpty();
        assertThat(presence.partial()).isTrue();
        assertThat(presence.occupancy()).contains(new ServerFrame.Count(900, 901));
        assertThat(said).containsExactly("sync 1", "diff", "diff", "sync 0");
    }

    @Test
    void afterUnfollowDiffsChangeNothing() {
        subscribe();
        follow(BOB);
        var unfollowed = presence.unfollow();
        loop.run();
        assertThat(last(ClientFrame.PresenceSync.class).follow()).isFalse();
        say(new ServerFrame.PresenceDiff(ENG, List.of(user(CAROL, null)), null, null));
        assertThat(presence.members()).isEmpty();
        assertThat(unfollowed).isNotDone();
    }

    @Test
    void aRefusalFailsAndOneAfterAReconnectIsReported() {
        subscribe();
        CompletableFuture<Void> entered = presence.enter();
        loop.run();
        say(ServerFrame.ErrorReply.of(last(ClientFrame.Enter.class).ref(), ErrorCode.NOT_FOUND, "count only"));
        assertThat(codeOf(entered)).isEqualTo(ErrorCode.NOT_FOUND);
        var again = presence.enter();
        loop.run();
        acknowledge(last(ClientFrame.Enter.class).ref());
        reconnect();
        grant();
        say(ServerFrame.ErrorReply.of(last(ClientFrame.Enter.class).ref(), ErrorCode.FORBIDDEN, "no"));
        assertThat(again).isCompleted();
        assertThat(said).containsExactly("lost no");
    }

    @Test
    void aRefusalThatPassesIsRepeatedAfterTheTimeThatTheServerGives() {
        subscribe();
        CompletableFuture<Void> entered = presence.enter();
        loop.run();
        Ref ref = last(ClientFrame.Enter.class).ref();
        say(new ServerFrame.ErrorReply(ref, ErrorCode.RATE_LIMITED, "slow", true, 700L));
        loop.advance(Duration.ofMillis(699));
        assertThat(sent(ClientFrame.Enter.class)).hasSize(1);
        loop.advance(Duration.ofMillis(1));
        assertThat(sent(ClientFrame.Enter.class)).hasSize(2);
        acknowledge(last(ClientFrame.Enter.class).ref());
        assertThat(entered).isCompleted();
    }

    @Test
    void theEndOfTheSubscriptionEndsThePresence() {
        subscribe();
        var entered = presence.enter();
        loop.run();
        acknowledge(last(ClientFrame.Enter.class).ref());
        follow(BOB);
        var unsubscribed = client.unsubscribe(ENG);
        loop.run();
        assertThat(presence.members()).isEmpty();
        assertThat(presence.occupancy()).isEmpty();
        reconnect();
        subscribe();
        assertThat(List.of(entered, unsubscribed)).allMatch(CompletableFuture::isDone);
        assertThat(sent(ClientFrame.Enter.class)).isEmpty();
        assertThat(sent(ClientFrame.PresenceSync.class)).isEmpty();
    }

    @Test
    void aSubscriptionThatIsRefusedFailsWhatWaitsForIt() {
        var subscribed = client.subscribe(ENG);
        CompletableFuture<Void> entered = presence.enter();
        loop.run();
        say(ServerFrame.ErrorReply.of(last(ClientFrame.Subscribe.class).ref(), ErrorCode.FORBIDDEN, "not yours"));
        assertThat(codeOf(entered)).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(subscribed).isCompletedExceptionally();
    }

    @Test
    void closingFailsWhatWaitsForALink() {
        subscribe();
        link().close(Link.ABNORMAL);
        CompletableFuture<Void> entered = presence.enter();
        loop.run();
        client.close(Duration.ZERO);
        loop.run();
        assertThat(codeOf(entered)).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void theOccupancyIsRequestedByTheSubscriptionAlsoAfterAReconnect() {
        subscribe();
        assertThat(last(ClientFrame.Subscribe.class).occupancy()).isNull();
        presence.requestOccupancy();
        loop.run();
        assertThat(last(ClientFrame.Subscribe.class).occupancy()).isTrue();
        grant();
        assertThat(sent(ClientFrame.Subscribe.class)).hasSize(2);
        say(new ServerFrame.Occupancy(ENG, 4, 5));
        assertThat(said).containsExactly("occupancy 4 5");
        assertThat(presence.occupancy()).contains(new ServerFrame.Count(4, 5));
        reconnect();
        assertThat(sent(ClientFrame.Subscribe.class)).hasSize(1);
        assertThat(last(ClientFrame.Subscribe.class).occupancy()).isTrue();
    }

    @Test
    void aWatchOfContactsIsSentAgainAfterAReconnect() {
        CompletableFuture<List<UserPresence>> contacts = client.contactPresence(true);
        loop.run();
        ClientFrame.Presence asked = last(ClientFrame.Presence.class);
        assertThat(asked.contacts()).isTrue();
        UserPresence bob = new UserPresence(
                BOB, Status.ONLINE, null, Map.of(Device.MOBILE, Status.ONLINE), true, "In a meeting", null, 7L);
        say(new ServerFrame.PresenceState(asked.ref(), List.of(bob)));
        assertThat(contacts).isCompletedWithValue(List.of(bob));
        reconnect();
        say(new ServerFrame.PresenceState(last(ClientFrame.Presence.class).ref(), List.of(bob)));
        assertThat(heard).containsExactly(bob);
    }

    @Test
    void aUserWhoDoesNothingIsAwayUntilItDoesSomethingAlsoAfterAReconnect() {
        loop.advance(Duration.ofSeconds(6));
        client.noteActivity();
        loop.advance(IDLE.minusMillis(1));
        assertThat(sent(ClientFrame.Away.class)).isEmpty();
        loop.advance(Duration.ofMillis(1));
        assertThat(sent(ClientFrame.Away.class)).hasSize(1);
        reconnect();
        assertThat(sent(ClientFrame.Away.class)).hasSize(1);
        client.read(ENG, 1);
        loop.run();
        assertThat(sent(ClientFrame.Active.class)).hasSize(1);
    }

    @Test
    void activityDoesNotEndWhatTheApplicationChose() {
        client.away();
        loop.advance(IDLE);
        client.noteActivity();
        loop.run();
        assertThat(sent(ClientFrame.Away.class)).hasSize(1);
        assertThat(sent(ClientFrame.Active.class)).isEmpty();
        client.active();
        loop.run();
        assertThat(sent(ClientFrame.Active.class)).hasSize(1);
    }

    private DunlinClient client() {
        TokenCache tokens = new TokenCache(() -> "token", InstantSource.system(), Runnable::run);
        Http nobody = new Http(HttpClient.newHttpClient(), URI.create("http://localhost"), tokens);
        Connection.Settings settings = new Connection.Settings(
                loop,
                new StandardLinks(
                        loop, links, URI.create("ws://localhost"), nobody, new Random(3), true, Device.DESKTOP),
                new TransportChoice(EnumSet.of(Transport.WEBSOCKET), InstantSource.system(), TransportMemory.none()),
                tokens,
                Backoff.STANDARD,
                Duration.ofSeconds(30),
                new Random(1));
        ClientCore core = new ClientCore(
                loop,
                (channel, after) -> new CompletableFuture<>(),
                1_000,
                new Heard(),
                Backoff.STANDARD,
                new Random(2),
                IDLE,
                owner -> new Connection(settings, owner));
        return new DunlinClient(loop, core, new RestClient(nobody), 3, () -> new ClientMessageId("generated"));
    }

    private LinksByHand.Server link() {
        return links.opened.get(links.opened.size() - 1);
    }

    private void welcome() {
        loop.run();
        say(new ServerFrame.Welcome(
                new SessionId("s"),
                new UserId("alice"),
                new NodeId("n"),
                30,
                new ServerFrame.Limits(65_536, 100, 100),
                List.of()));
    }

    private void reconnect() {
        int before = links.opened.size();
        link().close(4000);
        for (int i = 0; i < 700 && links.opened.size() == before; i++) {
            loop.advance(Duration.ofMillis(50));
        }
        welcome();
    }

    private void subscribe() {
        var subscribed = client.subscribe(ENG);
        loop.run();
        grant();
        assertThat(subscribed).isCompleted();
    }

    private void grant() {
        say(new ServerFrame.Subscribed(last(ClientFrame.Subscribe.class).ref(), ENG, FIRST, 0L, null, null));
    }

    private void follow(UserId user) {
        var followed = presence.follow();
        loop.run();
        sync(user);
        assertThat(followed).isCompletedWithValue(presence.members());
    }

    private void sync(UserId user) {
        Ref ref = last(ClientFrame.PresenceSync.class).ref();
        say(new ServerFrame.PresenceSync(ref, ENG, List.of(user(user, null)), new ServerFrame.Count(1, 1), null));
    }

    private void acknowledge(@Nullable Ref ref) {
        say(new ServerFrame.PresenceAck(ref, ENG));
    }

    private void say(ServerFrame frame) {
        link().say(frame);
        loop.run();
    }

    private <T extends ClientFrame> List<T> sent(Class<T> type) {
        return link().sent(type);
    }

    private <T extends ClientFrame> T last(Class<T> type) {
        List<T> all = sent(type);
        assertThat(all).isNotEmpty();
        return all.get(all.size() - 1);
    }

    private static ChannelUser user(UserId user, @Nullable String data) {
        return new ChannelUser(user, 1, data == null ? null : Json.tree(data));
    }

    private static ErrorCode codeOf(CompletableFuture<?> failed) {
        assertThat(failed).isCompletedExceptionally();
        Throwable failure = failed.handle((done, why) -> Http.cause(why)).join();
        return ((RequestFailed) failure).code();
    }

    private final class Heard implements ClientListener {
        @Override
        public void onPresence(List<UserPresence> changes) {
            heard.addAll(changes);
        }

        @Override
        public void onPresenceSync(ChannelName channel, Map<UserId, ChannelUser> members) {
            said.add("sync " + members.size());
        }

        @Override
        public void onPresenceDiff(ServerFrame.PresenceDiff diff) {
            said.add("diff");
        }

        @Override
        public void onOccupancy(ServerFrame.Occupancy now) {
            said.add("occupancy " + now.users() + " " + now.links());
        }

        @Override
        public void onPresenceLost(ChannelName channel, RequestFailed why) {
            said.add("lost " + why.getMessage());
        }
    }
}
