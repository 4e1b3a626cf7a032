package dev.dunlin.client;

import static dev.dunlin.client.Events.ENG;
import static dev.dunlin.client.Events.FIRST;
import static dev.dunlin.client.Events.at;
import static dev.dunlin.client.Events.event;
import static dev.dunlin.client.Events.events;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.client.link.HandshakeRefused;
import dev.dunlin.client.link.Link;
import dev.dunlin.client.rest.Http;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.client.transport.Ending;
import dev.dunlin.client.transport.FrameLink;
import dev.dunlin.client.transport.FrameLinkListener;
import dev.dunlin.client.transport.FrameLinks;
import dev.dunlin.client.transport.StandardLinks;
import dev.dunlin.client.transport.Transport;
import dev.dunlin.client.transport.TransportChoice;
import dev.dunlin.client.transport.TransportMemory;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.EventPage;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReconnectTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(31);
    private static final Duration STEP = Duration.ofMillis(50);

    private final ManualLoop loop = new ManualLoop();
    private final LinksByHand links = new LinksByHand();
    private final AtomicInteger tokensFetched = new AtomicInteger();
    private final List<Long> surfaced = new ArrayList<>();
    private final List<ConnectionState> states = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final List<Long> repairs = new ArrayList<>();
    private CompletableFuture<?> historyComes = CompletableFuture.completedFuture(null);
    private EventPage history = new EventPage(FIRST, 0, 1, List.of(), null);
    private final DunlinClient client = client();

    @BeforeEach
    void connect() {
        var unused = client.connect();
        welcome(link(1));
    }

    @Test
    void whatWasNotAcknowledgedIsSentAgainWithTheSameIdAndInOrder() {
        CompletableFuture<ServerFrame.Ack> first = publish("a");
        CompletableFuture<ServerFrame.Ack> second = publish("b");
        LinksByHand.Server before = link(1);
        acknowledge(before, 0, 1);
        before.close(Link.ABNORMAL);
        CompletableFuture<ServerFrame.Ack> third = publish("c");
        comeBack();
        LinksByHand.Server after = link(2);
        welcome(after);
        assertThat(after.sent(ClientFrame.Publish.class)).hasSize(1);
        acknowledge(after, 0, 2);
        acknowledge(after, 1, 3);
        assertThat(after.sent(ClientFrame.Publish.class))
                .extracting(ClientFrame.Publish::id)
                .extracting(ClientMessageId::value)
                .containsExactly("b", "c");
        assertThat(List.of(first, second, third))
                .extracting(ack -> ack.join().seq())
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void anAnswerThatGotLostIsAskedForAgain() {
        CompletableFuture<ServerFrame.Ack> ack = publish("a");
        link(1).say(new ServerFrame.Pong(null));
        loop.advance(Duration.ofSeconds(16));
        assertThat(link(1).sent(ClientFrame.Publish.class))
                .hasSizeGreaterThan(1)
                .allSatisfy(again -> assertThat(again.id().value()).isEqualTo("a"));
        acknowledge(link(1), 0, 1);
        assertThat(ack).isCompleted();
    }

    @Test
    void aRefusalThatMayPassIsTriedAgainAndOneThatMayNotFails() {
        CompletableFuture<ServerFrame.Ack> ack = publish("a");
        ClientFrame.Publish sent = link(1).sent(ClientFrame.Publish.class).get(0);
        link(1).say(new ServerFrame.ErrorReply(sent.ref(), ErrorCode.OVERLOADED, "later", true, 500L));
        loop.advance(Duration.ofMillis(499));
        assertThat(link(1).sent(ClientFrame.Publish.class)).hasSize(1);
        loop.advance(Duration.ofSeconds(2));
        assertThat(link(1).sent(ClientFrame.Publish.class)).hasSize(2);
        link(1).say(ServerFrame.ErrorReply.of(sent.ref(), ErrorCode.FORBIDDEN, "not a member"));
        loop.run();
        assertThat(ack).isCompletedExceptionally();
    }

    @Test
    void tooManyWaitingMessagesAreRefusedAtOnce() {
        for (int i = 0; i < 3; i++) {
            var unused = publish("m" + i);
        }
        assertThat(publish("one-too-many")).isCompletedExceptionally();
        acknowledge(link(1), 0, 1);
        assertThat(publish("room-again")).isNotDone();
    }

    @Test
    void resumesFromWhereItWasAndSurfacesEachSeqOnce() {
        subscribe(0);
        List.of(1L, 2L, 3L).forEach(seq -> link(1).say(event(seq)));
        loop.run();
        link(1).close(4000);
        comeBack();
        welcome(link(2));
        ClientFrame.Subscribe resumed =
                link(2).sent(ClientFrame.Subscribe.class).get(0);
        assertThat(resumed.after()).isEqualTo(at(3));
        link(2).say(new ServerFrame.Subscribed(resumed.ref(), ENG, FIRST, 5L, 3L, true));
        List.of(3L, 4L, 5L, 6L).forEach(seq -> link(2).say(event(seq)));
        loop.run();
        assertThat(surfaced).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(repairs).isEmpty();
    }

    @Test
    void liveEventsThatOvertakeAResumeFetchNothing() {
        subscribe(0);
        link(1).say(event(1));
        loop.run();
        link(1).close(4000);
        comeBack();
        welcome(link(2));
        link(2).say(event(4)); // the server subscribed the member before the resume
        loop.run();
        ClientFrame.Subscribe resumed =
                link(2).sent(ClientFrame.Subscribe.class).get(0);
        link(2).say(new ServerFrame.Subscribed(resumed.ref(), ENG, FIRST, 4L, 1L, true));
        loop.run();
        List.of(2L, 3L, 4L, 5L).forEach(seq -> {
            link(2).say(event(seq));
            loop.run();
        });
        assertThat(surfaced).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(repairs).isEmpty();
    }

    @Test
    void aResumeThatEndsInAGapIsMadeUpFromHistory() {
        subscribe(0);
        link(1).close(4000);
        comeBack();
        welcome(link(2));
        ClientFrame.Subscribe resumed =
                link(2).sent(ClientFrame.Subscribe.class).get(0);
        history = new EventPage(FIRST, 4, 1, events(2, 4), null);
        link(2).say(new ServerFrame.Subscribed(resumed.ref(), ENG, FIRST, 4L, 0L, true));
        link(2).say(event(1));
        loop.run();
        assertThat(repairs).isEmpty();
        link(2).say(new ServerFrame.Gap(ENG, 2, 4));
        loop.run();
        assertThat(repairs).containsExactly(1L);
        assertThat(surfaced).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aResumeThatWasNotPossibleIsMadeUpFromHistory() {
        subscribe(2);
        link(1).close(1001);
        comeBack();
        welcome(link(2));
        history = new EventPage(FIRST, 5, 1, events(3, 5), null);
        ClientFrame.Subscribe resumed =
                link(2).sent(ClientFrame.Subscribe.class).get(0);
        link(2).say(new ServerFrame.Subscribed(resumed.ref(), ENG, FIRST, 5L, 2L, false));
        link(2).say(event(6));
        loop.run();
        assertThat(surfaced).containsExactly(3L, 4L, 5L, 6L);
    }

    @Test
    void aGapIsClosedFromHistory() {
        subscribe(0);
        history = new EventPage(FIRST, 3, 1, events(1, 3), null);
        link(1).say(new ServerFrame.Gap(ENG, 1, 3));
        loop.run();
        assertThat(surfaced).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aConflatedGapIsPassedOverWithoutFetching() {
        subscribe(0);
        link(1).say(new ServerFrame.Gap(ENG, 1, 3, true));
        link(1).say(event(4));
        loop.run();
        assertThat(surfaced).containsExactly(4L);
    }

    @Test
    void whatIsMissingBeforeAConflatedGapIsFetched() {
        subscribe(0);
        history = new EventPage(FIRST, 4, 1, events(1, 4), null);
        link(1).say(new ServerFrame.Gap(ENG, 3, 4, true));
        loop.run();
        assertThat(surfaced).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aSilentHoleIsClosedFromHistory() {
        subscribe(0);
        history = new EventPage(FIRST, 4, 1, events(1, 4), null);
        link(1).say(event(4));
        loop.run();
        assertThat(surfaced).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void expiredEventsAreSaidAndSkipped() {
        subscribe(0);
        history = new EventPage(FIRST, 9, 8, events(8, 9), null);
        link(1).say(new ServerFrame.Gap(ENG, 1, 9));
        loop.run();
        assertThat(said).containsExactly("expired 1-7");
        assertThat(surfaced).containsExactly(8L, 9L);
    }

    @Test
    void aLostPositionIsForgotten() {
        subscribe(7);
        link(1).close(4200);
        comeBack();
        welcome(link(2));
        ClientFrame.Subscribe anew = link(2).sent(ClientFrame.Subscribe.class).get(0);
        assertThat(anew.after()).isNull();
        link(2).say(new ServerFrame.Subscribed(anew.ref(), ENG, FIRST, 9L, null, null));
        loop.run();
        assertThat(said).containsExactly("reset to 9");
    }

    @Test
    void aLogThatWasRebuiltIsSaidAndGoesOnFromItsHead() {
        subscribe(7);
        link(1).close(4000);
        comeBack();
        welcome(link(2));
        ClientFrame.Subscribe resumed =
                link(2).sent(ClientFrame.Subscribe.class).get(0);
        link(2).say(new ServerFrame.Subscribed(resumed.ref(), ENG, new Epoch("e2"), 2L, 7L, false));
        link(2).say(event(3));
        loop.run();
        assertThat(said).containsExactly("reset to 2");
        assertThat(surfaced).containsExactly(3L);
    }

    @Test
    void aCodeThatAsksForAnActionEndsTheClient() {
        CompletableFuture<ServerFrame.Ack> waiting = publish("a");
        link(1).close(4403);
        comeBack();
        assertThat(links.opened).hasSize(1);
        assertThat(states.get(states.size() - 1)).isInstanceOf(ConnectionState.Closed.class);
        assertThat(waiting).isCompletedExceptionally();
        assertThat(publish("after-the-end")).isCompletedExceptionally();
    }

    @Test
    void anExpiredTokenIsReplacedByAFreshOne() {
        link(1).close(4401);
        comeBack();
        LinksByHand.Server second = link(2);
        assertThat(second.token).isEqualTo("token-2");
    }

    @Test
    void aTokenThatIsAboutToExpireIsReplacedOnTheSameLink() {
        link(1).say(new ServerFrame.TokenExpiring(0));
        loop.run();
        assertThat(link(1).sent(ClientFrame.Auth.class).get(0).token()).isEqualTo("token-2");
        assertThat(links.opened).hasSize(1);
    }

    @Test
    void aRefusedTokenIsRenewedOnceAndThenGivenUp() {
        links.refusals.add(new HandshakeRefused(401, Duration.ZERO));
        links.refusals.add(new HandshakeRefused(401, Duration.ZERO));
        link(1).close(4000);
        comeBack();
        loop.run();
        assertThat(links.opened).hasSize(1);
    }

    @Test
    void aServerThatIsFullIsLeftAloneForAsLongAsItSays() {
        links.refusals.add(new HandshakeRefused(503, Duration.ofSeconds(60)));
        link(1).close(4000);
        loop.advance(Duration.ofSeconds(60));
        assertThat(links.refusals).isEmpty();
        assertThat(links.opened).hasSize(1);
        comeBack();
        link(2);
    }

    @Test
    void goAwayIsObeyedAfterAPartOfItsJitterAndWithoutBackoff() {
        link(1).say(new ServerFrame.GoAway("deploy", 1_000, 2_000));
        loop.advance(Duration.ofMillis(999));
        assertThat(link(1).closedBy).isNull();
        link(1).close(4000);
        loop.advance(Duration.ofMillis(2_001));
        welcome(link(2));
        assertThat(states.get(states.size() - 1)).isInstanceOf(ConnectionState.Connected.class);
    }

    @Test
    void aSilentServerIsGivenUp() {
        LinksByHand.Server silent = link(1);
        loop.advance(Duration.ofSeconds(40)); // asked after 30 of them
        assertThat(silent.aborted).isTrue();
        comeBack();
        link(2);
    }

    @Test
    void watchesGoOnOverANewLink() {
        var unused = client.presence(List.of(new UserId("bob")), true);
        loop.run();
        link(1).close(4000);
        comeBack();
        welcome(link(2));
        assertThat(link(2).sent(ClientFrame.Presence.class)).singleElement().satisfies(frame -> {
            assertThat(frame.users()).containsExactly(new UserId("bob"));
            assertThat(frame.watch()).isTrue();
        });
    }

    @Test
    void aReadMarkThatMayHaveBeenLostIsSentAgain() {
        client.read(ENG, 7);
        client.read(ENG, 5);
        loop.run();
        assertThat(link(1).sent(ClientFrame.Read.class)).hasSize(1);
        link(1).close(4000);
        comeBack();
        welcome(link(2));
        assertThat(link(2).sent(ClientFrame.Read.class)).containsExactly(new ClientFrame.Read(ENG, 7));
    }

    @Test
    void typingIsSentNoMoreOftenThanOthersNeedIt() {
        client.typing(ENG);
        client.typing(ENG);
        loop.advance(Duration.ofSeconds(2));
        client.typing(ENG);
        loop.run();
        assertThat(link(1).sent(ClientFrame.Typing.class)).hasSize(1);
        loop.advance(Duration.ofSeconds(2));
        client.typing(ENG);
        loop.run();
        assertThat(link(1).sent(ClientFrame.Typing.class)).hasSize(2);
    }

    @Test
    void beingAwayIsSaidAgainOnANewLink() {
        client.away();
        loop.run();
        link(1).close(4000);
        comeBack();
        welcome(link(2));
        assertThat(link(2).sent(ClientFrame.Away.class)).hasSize(1);
    }

    @Test
    void aLogThatIsAMomentBehindIsAskedAgainAndNotInAHurry() {
        subscribe(3);
        history = new EventPage(FIRST, 3, 1, List.of(), null);
        link(1).say(event(5));
        loop.run();
        assertThat(repairs).hasSize(1);
        history = new EventPage(FIRST, 5, 1, events(4, 5), null);
        loop.advance(Duration.ofSeconds(1));
        assertThat(surfaced).containsExactly(4L, 5L);
        assertThat(repairs).hasSize(2);
    }

    @Test
    void aLogThatSaysWhenToComeAgainIsNotAskedBefore() {
        subscribe(0);
        historyComes = CompletableFuture.failedFuture(
                new RequestFailed(ErrorCode.UNAVAILABLE, "later", true, Duration.ofSeconds(7)));
        List.of(2L, 3L, 4L).forEach(seq -> {
            link(1).say(event(seq));
            loop.run();
        });
        assertThat(repairs).containsExactly(0L);
        historyComes = CompletableFuture.completedFuture(null);
        history = new EventPage(FIRST, 4, 1, events(1, 4), null);
        loop.advance(Duration.ofMillis(6_999));
        assertThat(repairs).containsExactly(0L);
        loop.advance(Duration.ofMillis(1));
        assertThat(surfaced).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aHoleThatTheLogDoesNotHaveIsSaidAndNotPassedOverInSilence() {
        subscribe(3);
        history = new EventPage(FIRST, 3, 1, List.of(), null);
        link(1).say(event(5));
        loop.advance(Duration.ofSeconds(10));
        assertThat(said).containsExactly("reset to 5");
        link(1).say(event(6));
        loop.run();
        assertThat(surfaced).containsExactly(6L);
    }

    @Test
    void aPageWhoseEventsTheLinkBroughtFirstEndsNoRepair() {
        subscribe(0);
        history = new EventPage(FIRST, 5, 1, events(1, 2), null);
        historyComes = new CompletableFuture<>();
        link(1).say(event(5));
        link(1).say(event(1));
        link(1).say(event(2));
        loop.run();
        assertThat(surfaced).containsExactly(1L, 2L);
        historyComes.complete(null);
        history = new EventPage(FIRST, 5, 1, events(3, 5), null);
        loop.run();
        assertThat(said).isEmpty();
        assertThat(surfaced).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void aHoleOfMoreEventsThanAreFetchedIsAReset() {
        subscribe(3);
        link(1).say(new ServerFrame.Gap(ENG, 4, 5_000));
        loop.run();
        assertThat(said).containsExactly("reset to 5000");
        assertThat(repairs).isEmpty();
    }

    @Test
    void aSubscriptionThatTheServerEndsIsSaid() {
        subscribe(3);
        link(1).say(new ServerFrame.Unsubscribed(null, ENG));
        loop.run();
        assertThat(said).containsExactly("lost group:eng: the server ended the subscription of group:eng");
    }

    @Test
    void aClientThatWasStoppedConnectsAgainWhenItIsAskedTo() {
        link(1).close(4409);
        comeBack();
        CompletableFuture<ServerFrame.Welcome> again = client.connect();
        welcome(link(2));
        assertThat(again).isCompleted();
        assertThat(publish("a")).isNotDone();
    }

    @Test
    void aSubscriptionThatIsRefusedAfterAReconnectIsSaid() {
        subscribe(0);
        link(1).close(4000);
        comeBack();
        welcome(link(2));
        ClientFrame.Subscribe again = link(2).sent(ClientFrame.Subscribe.class).get(0);
        link(2).say(ServerFrame.ErrorReply.of(again.ref(), ErrorCode.FORBIDDEN, "not a member"));
        loop.run();
        assertThat(said).containsExactly("lost group:eng: not a member");
    }

    private DunlinClient client() {
        TokenCache tokens =
                new TokenCache(() -> "token-" + tokensFetched.incrementAndGet(), InstantSource.system(), Runnable::run);
        HttpClient http = HttpClient.newHttpClient();
        Http nobody = new Http(http, URI.create("http://localhost"), tokens);
        Connection.Settings settings = new Connection.Settings(
                loop,
                new SocketsOnly(new StandardLinks(
                        loop, links, URI.create("ws://localhost"), nobody, new Random(3), true, Device.DESKTOP)),
                new TransportChoice(EnumSet.allOf(Transport.class), InstantSource.system(), TransportMemory.none()),
                tokens,
                Backoff.STANDARD,
                Duration.ofSeconds(30),
                new Random(1));
        ClientCore core = new ClientCore(
                loop,
                (channel, after) -> {
                    repairs.add(after);
                    return historyComes.thenApply(now -> history);
                },
                1_000,
                new Heard(),
                Backoff.STANDARD,
                new Random(2),
                Duration.ZERO,
                owner -> new Connection(settings, owner));
        return new DunlinClient(loop, core, new RestClient(nobody), 3, () -> new ClientMessageId("generated"));
    }

    /** Whatever breaks, plain HTTP does not work either: so nothing speaks against WebSockets. */
    private record SocketsOnly(FrameLinks links) implements FrameLinks {
        @Override
        public FrameLink open(
                Transport transport, String token, Collection<ChannelName> channels, FrameLinkListener listener) {
            assertThat(transport).isEqualTo(Transport.WEBSOCKET);
            return links.open(transport, token, channels, listener);
        }

        @Override
        public CompletableFuture<Ending> diagnose(Ending broken) {
            return CompletableFuture.completedFuture(broken.judged(0));
        }
    }

    @Test
    void closingWaitsForWhatWasPublished() {
        CompletableFuture<ServerFrame.Ack> ack = publish("last-words");
        client.close();
        loop.run();
        assertThat(link(1).closedBy).isNull();
        acknowledge(link(1), 0, 1);
        assertThat(ack).isCompleted();
        assertThat(link(1).closedBy).isEqualTo(1000);
        assertThat(states.get(states.size() - 1)).isInstanceOf(ConnectionState.Closed.class);
    }

    @Test
    void closingWaitsOverALostLink() {
        CompletableFuture<ServerFrame.Ack> ack = publish("last-words");
        link(1).close(Link.ABNORMAL);
        client.close(Duration.ofSeconds(30));
        comeBack();
        welcome(link(2));
        acknowledge(link(2), 0, 1);
        assertThat(ack).isCompleted();
        assertThat(link(2).closedBy).isEqualTo(1000);
    }

    @Test
    void closingDoesNotWaitForEver() {
        CompletableFuture<ServerFrame.Ack> ack = publish("last-words");
        client.close();
        loop.advance(Duration.ofMillis(4_999));
        assertThat(ack).isNotDone();
        loop.advance(Duration.ofMillis(1));
        assertThat(ack).isCompletedExceptionally();
        assertThat(link(1).closedBy).isEqualTo(1000);
    }

    @Test
    void closingWithoutATimeFailsWhatWaits() {
        CompletableFuture<ServerFrame.Ack> ack = publish("last-words");
        client.close(Duration.ZERO);
        loop.run();
        assertThat(ack).isCompletedExceptionally();
    }

    @Test
    void aClientThatIsClosingAcceptsNothingMore() {
        CompletableFuture<ServerFrame.Ack> before = publish("before");
        client.close();
        assertThat(publish("after")).isCompletedExceptionally();
        CompletableFuture<?> connecting = client.connect();
        loop.run();
        assertThat(connecting).isCompletedExceptionally();
        assertThat(before).isNotDone();
    }

    /** Moves time until the next link is opened, or for longer than the longest backoff. */
    private void comeBack() {
        int before = links.opened.size();
        for (Duration waited = Duration.ZERO;
                links.opened.size() == before && waited.compareTo(LONG_ENOUGH) < 0;
                waited = waited.plus(STEP)) {
            loop.advance(STEP);
        }
    }

    private LinksByHand.Server link(int number) {
        loop.run();
        assertThat(links.opened).hasSize(number);
        return links.opened.get(links.opened.size() - 1);
    }

    private void welcome(LinksByHand.Server link) {
        link.say(new ServerFrame.Welcome(
                new SessionId("s"),
                new UserId("alice"),
                new NodeId("n"),
                30,
                new ServerFrame.Limits(65_536, 100, 100),
                List.of()));
        loop.run();
    }

    private CompletableFuture<ServerFrame.Ack> publish(String id) {
        CompletableFuture<ServerFrame.Ack> ack = client.publish(ENG, new ClientMessageId(id), Json.tree("text"), null);
        loop.run();
        return ack;
    }

    /** Answers the publish that came as number {@code index} on the link. */
    private void acknowledge(LinksByHand.Server link, int index, long seq) {
        ClientFrame.Publish sent = link.sent(ClientFrame.Publish.class).get(index);
        link.say(new ServerFrame.Ack(sent.ref(), ENG, sent.id(), seq, 0));
        loop.run();
    }

    private void subscribe(long after) {
        CompletableFuture<ServerFrame.Subscribed> subscribed = client.subscribe(ENG, at(after));
        loop.run();
        LinksByHand.Server link = links.opened.get(links.opened.size() - 1);
        List<ClientFrame.Subscribe> sent = link.sent(ClientFrame.Subscribe.class);
        ClientFrame.Subscribe asked = sent.get(sent.size() - 1);
        link.say(new ServerFrame.Subscribed(asked.ref(), ENG, FIRST, after, after, true));
        loop.run();
        assertThat(subscribed).isCompleted();
    }

    private final class Heard implements ClientListener {
        @Override
        public void onEvent(ServerFrame.LogEvent event) {
            surfaced.add(event.seq());
        }

        @Override
        public void onState(ConnectionState state) {
            states.add(state);
        }

        @Override
        public void onExpired(ChannelName channel, long from, long to) {
            said.add("expired " + from + "-" + to);
        }

        @Override
        public void onReset(ChannelName channel, StreamPosition now) {
            said.add("reset to " + now.seq());
        }

        @Override
        public void onSubscriptionLost(ChannelName channel, RequestFailed why) {
            said.add("lost " + channel + ": " + why.getMessage());
        }
    }
}
