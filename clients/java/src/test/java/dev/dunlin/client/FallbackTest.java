package dev.dunlin.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.client.transport.Ending;
import dev.dunlin.client.transport.FrameLink;
import dev.dunlin.client.transport.FrameLinkListener;
import dev.dunlin.client.transport.FrameLinks;
import dev.dunlin.client.transport.Transport;
import dev.dunlin.client.transport.TransportChoice;
import dev.dunlin.client.transport.TransportMemory;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FallbackTest {
    private final ManualLoop loop = new ManualLoop();
    private final List<ByHand> links = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private boolean httpWorks = true;
    private final Connection connection = connection();

    @Test
    void aWebSocketThatIsRefusedTwiceEndsOnAnEventStream() {
        connection.open();
        refuse(Transport.WEBSOCKET, Ending.by(1006, "refused"));
        refuse(Transport.WEBSOCKET, Ending.by(1006, "refused"));
        loop.advance(Duration.ofSeconds(1)); // what was not tried yet is tried soon
        last(Transport.SSE).welcome();
        assertThat(heard).contains("websocket to sse").last().isEqualTo("online sse RESUMED");
    }

    @Test
    void aServerThatIsDownMakesNobodyChangeTheTransport() {
        httpWorks = false;
        connection.open();
        for (int i = 0; i < 10; i++) {
            refuse(Transport.WEBSOCKET, Ending.broken("nobody there", 2));
        }
        assertThat(heard).allSatisfy(what -> assertThat(what).doesNotContain(" to "));
    }

    @Test
    void aStreamWithoutItsFirstByteEndsOnPolling() {
        onEventStream();
        last(Transport.SSE).ear.onEnded(Ending.broken("no answer from the server", 2));
        loop.advance(Duration.ofSeconds(1));
        last(Transport.POLL).welcome();
        assertThat(heard).last().isEqualTo("online poll RESUMED");
    }

    @Test
    void aBetterTransportIsTriedBesideTheLinkAndTakesItsPlaceBeforeThatIsClosed() {
        onEventStream();
        ByHand stream = last(Transport.SSE);
        ByHand socket = come(Transport.WEBSOCKET);
        assertThat(loop.now()).isLessThan(Duration.ofSeconds(33));
        assertThat(stream.closed).isFalse();
        socket.welcome();
        assertThat(stream.closed).isTrue();
        assertThat(heard).contains("sse to websocket").last().isEqualTo("online websocket MOVED");
        stream.ear.onFrame(new ServerFrame.Pong(Ref.of(7)));
        stream.ear.onFrame(new ServerFrame.Typing(Events.ENG, new UserId("bob")));
        assertThat(heard).last().as("replies of before count, events do not").isEqualTo("Pong");
    }

    @Test
    void aBetterTransportThatStillDoesNotWorkIsTriedEverMoreRarely() {
        onEventStream();
        List<Duration> tried = new ArrayList<>();
        int known = links.size();
        while (loop.now().compareTo(Duration.ofMinutes(30)) < 0) {
            loop.advance(Duration.ofSeconds(1));
            if (links.size() > known) {
                known = links.size();
                tried.add(loop.now());
                last(Transport.WEBSOCKET).ear.onEnded(Ending.by(1006, "still refused"));
            }
        }
        assertThat(tried).hasSizeBetween(5, 12);
    }

    @Test
    void aLinkThatBreaksAtOnceAgainAndAgainSpeaksAgainstItsTransport() {
        connection.open();
        for (int i = 0; i < 2; i++) {
            come(Transport.WEBSOCKET).welcome();
            last(Transport.WEBSOCKET).ear.onEnded(Ending.by(1006, "cut"));
        }
        assertThat(heard).contains("websocket to sse");
    }

    @Test
    void aLinkThatLastedIsNoReasonToGoAnotherWay() {
        connection.open();
        for (int i = 0; i < 5; i++) {
            come(Transport.WEBSOCKET).welcome();
            loop.advance(Duration.ofSeconds(6));
            last(Transport.WEBSOCKET).ear.onEnded(Ending.by(1006, "cut"));
        }
        assertThat(heard).doesNotContain("websocket to sse");
    }

    @Test
    void theRetryAfterOfAServerIsObeyed() {
        connection.open();
        loop.run();
        int before = links.size();
        last(Transport.WEBSOCKET).ear.onEnded(new Ending(4003, "full", Duration.ofMinutes(2), 0.0));
        loop.advance(Duration.ofSeconds(119));
        assertThat(links).hasSize(before);
        loop.advance(Duration.ofSeconds(7));
        assertThat(links).hasSize(before + 1);
    }

    private void onEventStream() {
        connection.open();
        refuse(Transport.WEBSOCKET, Ending.broken("hangs", 2));
        loop.advance(Duration.ofSeconds(1));
        last(Transport.SSE).welcome();
    }

    private void refuse(Transport transport, Ending ending) {
        come(transport).ear.onEnded(ending);
        loop.run();
    }

    /** Moves time until there is another link, by this transport. */
    private ByHand come(Transport transport) {
        int before = (int) links.stream().filter(link -> link.used).count();
        for (int i = 0; links.size() == before && i < 3_100; i++) {
            loop.advance(Duration.ofMillis(10));
        }
        return last(transport);
    }

    private ByHand last(Transport transport) {
        ByHand last = links.get(links.size() - 1);
        assertThat(last.transport).isEqualTo(transport);
        last.used = true;
        return last;
    }

    private Connection connection() {
        TokenCache tokens = new TokenCache(() -> "token", InstantSource.system(), Runnable::run);
        FrameLinks byHand = new FrameLinks() {
            @Override
            public FrameLink open(
                    Transport transport, String token, Collection<ChannelName> channels, FrameLinkListener listener) {
                ByHand link = new ByHand(transport, listener);
                links.add(link);
                return link;
            }

            @Override
            public CompletableFuture<Ending> diagnose(Ending broken) {
                return CompletableFuture.completedFuture(broken.judged(httpWorks ? broken.against(1) : 0));
            }
        };
        return new Connection(
                new Connection.Settings(
                        loop,
                        byHand,
                        new TransportChoice(
                                EnumSet.allOf(Transport.class), InstantSource.system(), TransportMemory.none()),
                        tokens,
                        Backoff.STANDARD,
                        Duration.ofSeconds(30),
                        new Random(1)),
                new Owner());
    }

    /** One link, played by the test. */
    private static final class ByHand implements FrameLink {
        private final Transport transport;
        private final FrameLinkListener ear;
        private boolean used;
        private boolean closed;

        ByHand(Transport transport, FrameLinkListener ear) {
            this.transport = transport;
            this.ear = ear;
        }

        void welcome() {
            ear.onFrame(new ServerFrame.Welcome(
                    new SessionId("s"),
                    new UserId("alice"),
                    new NodeId("n"),
                    30,
                    new ServerFrame.Limits(65_536, 100, 100),
                    List.of()));
        }

        @Override
        public void send(ClientFrame frame) {}

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public void check() {}
    }

    private final class Owner implements Connection.Owner {
        @Override
        public void onFrame(ServerFrame frame) {
            heard.add(frame.getClass().getSimpleName());
        }

        @Override
        public void onOnline(Transport transport, ServerFrame.Welcome welcome, Arrival arrival) {
            heard.add("online " + transport + " " + arrival);
        }

        @Override
        public void onLinkLost() {
            heard.add("lost");
        }

        @Override
        public void onState(ConnectionState state) {}

        @Override
        public void onTransport(TransportChange change) {
            heard.add(change.from() + " to " + change.to());
        }

        @Override
        public Collection<ChannelName> channels() {
            return List.of();
        }
    }
}
