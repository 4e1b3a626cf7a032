package dev.dunlin.scenarios.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.transport.rest.RestPublishing;
import dev.dunlin.checker.transport.sdk.SdkPublishing;
import dev.dunlin.checker.transport.socket.SocketPublishing;
import dev.dunlin.checker.workload.Medium;
import dev.dunlin.client.DunlinClient;
import dev.dunlin.engines.tokens.TokenRequest;
import dev.dunlin.protocol.Json;
import dev.dunlin.scenarios.fault.Direction;
import dev.dunlin.scenarios.fault.FaultProxy;
import dev.dunlin.scenarios.fault.Weather;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedDoubledSuite;
import dev.dunlin.scenarios.suite.Suite;
import dev.dunlin.scenarios.suite.Ways;
import dev.dunlin.scenarios.suite.Ways.Way;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every transport keeps the promises, on every way to the suite. */
@OnSharedDoubledSuite
class TransportsIT {
    private static final Duration SHORT_LIFE = Duration.ofSeconds(4);
    private static final int BYTES_PER_SECOND = 20_000;

    private final Suite suite;
    private final Ways ways;
    private final Names names;

    TransportsIT(Suite suite, Ways ways, Names names) {
        this.suite = suite;
        this.ways = ways;
        this.names = names;
    }

    static Stream<Medium> listening() {
        return Stream.of(Medium.SDK, Medium.SOCKET, Medium.STREAM, Medium.POLL, Medium.EVENTS);
    }

    static Stream<Arguments> everyTransportOnEveryWay(Ways ways) {
        return ways.all().stream().flatMap(way -> listening().map(medium -> Arguments.of(medium, way)));
    }

    @ParameterizedTest
    @MethodSource("everyTransportOnEveryWay")
    void whatIsSaidOverAllTransportsAtOnceIsHeardInOneOrder(Medium medium, Way way) throws Exception {
        try (Conversation talk = new Conversation(names, "order", ways.access(Way.GATEWAY));
                SocketPublishing socket = new SocketPublishing(ways.access(way), talk.who("socket"));
                RestPublishing rest = new RestPublishing(ways.access(way).rest(talk.who("rest")));
                SdkPublishing sdk = sdk(talk, ways.access(way))) {
            talk.listen("listener", medium, ways.access(way));
            talk.awaitListening();
            try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
                List.of(
                                together.submit(() -> talk.say("socket", 10, socket)),
                                together.submit(() -> talk.say("rest", 10, rest)),
                                together.submit(() -> talk.say("sdk", 10, sdk)))
                        .forEach(TransportsIT::done);
            }
            talk.assertWhole();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SDK", "SOCKET", "STREAM", "POLL"})
    void whoComesBackToAnotherNodeGetsExactlyWhatWasMissed(Medium medium) throws Exception {
        try (FaultProxy network = FaultProxy.before(suite.node(1));
                Conversation talk = new Conversation(names, "resume", ways.access(Way.GATEWAY))) {
            talk.listen("listener", medium, ways.access(network.origin()));
            talk.awaitListening();
            talk.say(3);
            talk.awaitHeard();
            int before = network.opened();
            network.target(suite.node(2));
            network.cut(true);
            talk.say(5);
            talk.awaitHeard();
            talk.say(2);
            talk.assertWhole();
            assertThat(network.opened()).isGreaterThan(before);
        }
    }

    @Test
    void tokensMayExpireUnderWay() throws Exception {
        Map<String, AtomicInteger> issued = new ConcurrentHashMap<>();
        try (Conversation talk = new Conversation(names, "expiry", ways.access(Way.GATEWAY))) {
            listening().filter(medium -> medium != Medium.EVENTS).forEach(medium -> {
                Access access = ways.access(ways.origin(ways.outermost()), who -> {
                    issued.computeIfAbsent(medium.name(), key -> new AtomicInteger())
                            .incrementAndGet();
                    return suite.token(TokenRequest.user(who.user().value(), SHORT_LIFE));
                });
                talk.listen(medium.name().toLowerCase(Locale.ROOT), medium, access);
            });
            talk.awaitListening();
            await().atMost(Conversation.PATIENCE).until(() -> {
                talk.say(1);
                return issued.values().stream().allMatch(count -> count.get() >= 3);
            });
            talk.say(2);
            talk.assertWhole();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SDK", "SOCKET", "STREAM"})
    void whoReadsTooSlowlyIsCutOffHoldsNobodyUpAndLosesNothing(Medium medium) throws Exception {
        try (FaultProxy network = FaultProxy.before(suite.node(1));
                Conversation talk = new Conversation(names, "slow", ways.access(Way.GATEWAY));
                Conversation others = new Conversation(names, "others", ways.access(Way.GATEWAY))) {
            talk.listen("slow", medium, ways.access(network.origin()));
            others.listen("quick", medium, ways.access(suite.node(1)));
            talk.awaitListening();
            others.awaitListening();
            NodeMetrics metrics = new NodeMetrics(suite, 1);
            double before = metrics.sum("dunlin_outbox_closed_total");
            network.weather(Direction.DOWN, Weather.CLEAR.throttled(BYTES_PER_SECOND));
            await().atMost(Conversation.PATIENCE).until(() -> {
                talk.say(50, Json.tree("much ".repeat(3_000)));
                others.say(1);
                return metrics.sum("dunlin_outbox_closed_total") > before;
            });
            others.assertWhole();
            network.weather(Weather.CLEAR);
            talk.say(1);
            talk.assertWhole();
            if (medium != Medium.STREAM) { // over HTTP/2 the stream ends, and the connection takes the
                // next one
                assertThat(network.opened()).isGreaterThan(1);
            }
        }
    }

    private static void done(Future<?> said) {
        try {
            said.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SdkPublishing sdk(Conversation talk, Access access) {
        DunlinClient client = DunlinClient.at(
                        access.origin(), () -> access.tokens().apply(talk.who("sdk")))
                .tls(access.http().sslContext())
                .autoSubscribe(false)
                .build();
        var unused = client.connect();
        return new SdkPublishing(client);
    }
}
