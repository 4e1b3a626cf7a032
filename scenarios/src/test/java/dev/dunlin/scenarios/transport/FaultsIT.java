package dev.dunlin.scenarios.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.checker.transport.rest.RestPublishing;
import dev.dunlin.checker.transport.socket.SocketPublishing;
import dev.dunlin.checker.workload.Medium;
import dev.dunlin.client.link.RawLink;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.scenarios.fault.Blow;
import dev.dunlin.scenarios.fault.Direction;
import dev.dunlin.scenarios.fault.FaultProxy;
import dev.dunlin.scenarios.fault.ProxiedLink;
import dev.dunlin.scenarios.fault.Weather;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedDoubledSuite;
import dev.dunlin.scenarios.suite.Suite;
import dev.dunlin.scenarios.suite.Ways;
import dev.dunlin.scenarios.suite.Ways.Way;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A network between clients and suite that delays, cuts, swallows and corrupts: nothing is lost,
 * nothing is twice, nothing is wrong.
 */
@OnSharedDoubledSuite
class FaultsIT {
    private static final Weather FAR_AWAY = Weather.CLEAR.delayed(Duration.ofMillis(300), Duration.ofMillis(100));

    private final Suite suite;
    private final Ways ways;
    private final Names names;

    FaultsIT(Suite suite, Ways ways, Names names) {
        this.suite = suite;
        this.ways = ways;
        this.names = names;
    }

    @Test
    void farAwayEverythingComesLaterAndAllOfIt() throws Exception {
        try (FaultProxy network = FaultProxy.before(ways.origin(ways.outermost()));
                Conversation talk = talk("latency")) {
            network.weather(FAR_AWAY);
            listenOverAll(talk, network);
            talk.awaitListening();
            talk.say("far", 16, new RestPublishing(ways.access(network.origin()).rest(talk.who("far"))));
            talk.assertWhole();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatComesInSmallPiecesIsPutTogether(Way way) throws Exception {
        Assumptions.assumeTrue(ways.all().contains(way), "there is no nginx");
        try (FaultProxy network = FaultProxy.before(ways.origin(way));
                Conversation talk = talk("pieces");
                SocketPublishing socket = new SocketPublishing(ways.access(network.origin()), talk.who("socket"))) {
            network.weather(Weather.CLEAR.sliced(3));
            listenOverAll(talk, network);
            talk.awaitListening();
            talk.say("socket", 5, socket);
            talk.say("rest", 5, new RestPublishing(ways.access(network.origin()).rest(talk.who("rest"))));
            talk.assertWhole();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HALVE_AND_END", "HALVE_AND_RESET"})
    void aLinkThatIsCutInTheMiddleOfAFrameIsResumed(Blow blow) throws Exception {
        strike(ways.origin(Way.GATEWAY), blow);
    }

    @Test
    void corruptedBytesEndInAReconnectAndNeverInAWrongEvent() throws Exception {
        Assumptions.assumeTrue(ways.all().contains(Way.NGINX), "without TLS a changed byte can be valid text");
        strike(ways.origin(Way.NGINX), Blow.CORRUPT);
    }

    private void strike(URI origin, Blow blow) throws Exception {
        try (FaultProxy network = FaultProxy.before(origin);
                Conversation talk = talk("strike");
                SocketPublishing socket = new SocketPublishing(ways.access(network.origin()), talk.who("socket"))) {
            listenOverAll(talk, network);
            talk.awaitListening();
            int before = network.opened();
            for (Direction direction : List.of(Direction.DOWN, Direction.UP, Direction.DOWN)) {
                talk.say("socket", 3, socket);
                network.strike(direction, blow);
                talk.say("socket", 3, socket);
                talk.say(3);
            }
            talk.assertWhole();
            assertThat(network.opened()).isGreaterThan(before);
        }
    }

    @Test
    void aClientFrameWithACorruptedByteIsNoMessage() throws Exception {
        try (FaultProxy network = FaultProxy.before(suite.node(1))) {
            ChannelName room = names.room("corrupted");
            try (RawLink link = suite.link(names.user("alice"), network.origin())) {
                network.strike(Direction.UP, Blow.CORRUPT);
                link.send(new ClientFrame.Subscribe(Ref.of(1), room, null));
                assertThat(link.awaitClosed().code()).isEqualTo(1007);
                assertThat(link.received(ServerFrame.Subscribed.class)).isEmpty();
            }
        }
    }

    /** All in one test, for each takes its time to be found. */
    @Test
    void halfOpenLinksAreFoundByBothSidesAndNothingIsLost() throws Exception {
        List<HalfOpen> cases = new ArrayList<>();
        try (Conversation talk = talk("half-open")) {
            for (List<Direction> silent :
                    List.of(List.of(Direction.UP), List.of(Direction.DOWN), List.of(Direction.UP, Direction.DOWN))) {
                for (Medium medium : List.of(Medium.SDK, Medium.SOCKET, Medium.STREAM, Medium.POLL)) {
                    FaultProxy network = FaultProxy.before(suite.node(1));
                    cases.add(new HalfOpen(medium, silent, network));
                    talk.listen(
                            medium + "-" + silent.getFirst() + silent.size(), medium, ways.access(network.origin()));
                }
            }
            talk.awaitListening();
            talk.say(2);
            talk.awaitHeard();
            List<ProxiedLink> sockets = new ArrayList<>();
            for (HalfOpen one : cases) {
                List<ProxiedLink> dead = one.network().swallow(one.silent());
                if (one.medium() == Medium.SDK || one.medium() == Medium.SOCKET) {
                    assertThat(dead).as("%s", one).hasSize(1);
                    sockets.addAll(dead);
                }
            }
            talk.say(5);
            talk.awaitHeard();
            await().atMost(Conversation.PATIENCE)
                    .untilAsserted(() -> assertThat(sockets).allMatch(ProxiedLink::hasSuiteLeft));
            talk.say(2);
            talk.assertWhole();
        } finally {
            for (HalfOpen one : cases) {
                one.network().close();
            }
        }
    }

    /** A client whose network is silent in these directions and says nothing of it. */
    private record HalfOpen(Medium medium, List<Direction> silent, FaultProxy network) {}

    private Conversation talk(String name) {
        return new Conversation(names, name, ways.access(Way.GATEWAY));
    }

    private void listenOverAll(Conversation talk, FaultProxy network) {
        TransportsIT.listening()
                .forEach(medium ->
                        talk.listen(medium.name().toLowerCase(Locale.ROOT), medium, ways.access(network.origin())));
    }
}
