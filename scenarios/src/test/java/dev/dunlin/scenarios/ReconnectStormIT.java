package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.benchmark.swarm.Member;
import dev.dunlin.benchmark.swarm.Spread;
import dev.dunlin.benchmark.swarm.Swarm;
import dev.dunlin.benchmark.swarm.SwarmOptions;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnStruckSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * One node after the other is restarted under load. Nothing is lost, and clients come back spread
 * over time. Only when asked for: {@code -Pstorm} does it with 10,000 of them.
 */
@OnStruckSuite
@EnabledIfSystemProperty(named = "scenarios.links", matches = "\\d+")
class ReconnectStormIT {
    private static final int LINKS = Integer.getInteger("scenarios.links", 1_000);
    private static final int CHANNELS = 20;
    private static final int LINKS_A_USER = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(120 + LINKS / 100);
    /**
     * Twice the time over which the node sends them away: it shares two cores with all the others.
     */
    private static final Duration LATEST = Duration.ofSeconds(20);

    private static final Duration SLOT = Duration.ofMillis(500);
    /** With what a round itself takes: some thousands of deliveries a second. */
    private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(1);

    private final Suite suite;
    private final List<UserId> users;
    private final List<ChannelName> channels;
    private final AtomicLongArray heads = new AtomicLongArray(CHANNELS);
    private final AtomicBoolean publishing = new AtomicBoolean(true);
    private final AtomicInteger unanswered = new AtomicInteger();

    ReconnectStormIT(Suite suite, Names names) {
        this.suite = suite;
        this.users = IntStream.range(0, LINKS / LINKS_A_USER)
                .mapToObj(i -> names.user("u" + i))
                .toList();
        this.channels =
                IntStream.range(0, CHANNELS).mapToObj(i -> names.room("r" + i)).toList();
    }

    @Test
    void rollingRestartUnderLoadLosesNothingAndCausesNoStorm() throws Exception {
        List<String> tokens = users.parallelStream()
                .map(user -> suite.stack().userToken(user.value()))
                .toList();
        publish(0); // a room is made by its first message
        List<Member> members = IntStream.range(0, LINKS)
                .mapToObj(i -> new Member(
                        tokens.get(i / LINKS_A_USER), channels.get(i % CHANNELS).value()))
                .toList();
        SwarmOptions options = new SwarmOptions(List.of(suite.node(1), suite.node(2)), 200, Duration.ofSeconds(1));
        try (Swarm swarm = new Swarm(options, members)) {
            awaitAllSubscribed(swarm);
            Thread publisher = Thread.ofVirtual().start(this::publishOn);
            Spread first = restart(swarm, "connection-1");
            Spread second = restart(swarm, "connection-2");
            publishing.set(false);
            publisher.join();
            await().atMost(PATIENCE).until(() -> behind(swarm) == 0);
            report(swarm, first, second);
            assertThat(swarm.tally().complaints()).isEmpty();
            assertThat(swarm.tally().broken()).isZero();
            assertThat(first.total()).isGreaterThanOrEqualTo(LINKS / 2);
            assertThat(second.total()).isGreaterThanOrEqualTo(LINKS);
            assertThat(second.width()).isBetween(Duration.ofSeconds(2), LATEST);
            assertThat(second.busiest()).isLessThan(0.5);
        } finally {
            publishing.set(false);
            suite.awaitHealthy();
        }
    }

    private Spread restart(Swarm swarm, String node) throws InterruptedException {
        long from = System.nanoTime();
        suite.stack().restart(node);
        awaitAllSubscribed(swarm);
        return new Spread(swarm.tally().returns(), from, SLOT);
    }

    private void awaitAllSubscribed(Swarm swarm) {
        await().atMost(PATIENCE).until(() -> swarm.tally().subscribed() == LINKS);
    }

    private void publishOn() {
        for (int i = 1; publishing.get(); i++) {
            publish(i);
            LockSupport.parkNanos(BETWEEN_ROUNDS.toNanos());
        }
    }

    private void publish(int round) {
        for (int i = 0; i < CHANNELS; i++) {
            heads.set(i, published(channels.get(i), round));
        }
    }

    /** Publishes until it is answered: the id makes it one message. Returns its seq. */
    private long published(ChannelName channel, int round) {
        while (true) {
            try {
                return suite.rest(users.getFirst())
                        .publish(channel, new ClientMessageId("m" + round), Json.tree("text " + round))
                        .join()
                        .seq();
            } catch (CompletionException e) {
                unanswered.incrementAndGet();
                LockSupport.parkNanos(SLOT.toNanos());
            }
        }
    }

    private long behind(Swarm swarm) {
        return IntStream.range(0, LINKS)
                .filter(i -> swarm.position(i) != heads.get(i % CHANNELS))
                .count();
    }

    private void report(Swarm swarm, Spread first, Spread second) throws IOException {
        String page =
                "%d links on two nodes, %d messages delivered while one node after the other was restarted; %d were asked to go, %d times a link was lost, %d handshakes or subscriptions had to be repeated; the longest outage of a link was %.1f s.%n%nAfter SIGTERM to node 1:%n%n%s%nAfter SIGTERM to node 2, which had all links by then:%n%n%s"
                        .formatted(
                                LINKS,
                                swarm.tally().messages(),
                                swarm.tally().goneAway(),
                                swarm.tally().lost(),
                                swarm.tally().refused(),
                                swarm.tally().worstOutageNanos() / 1e9,
                                first.table(),
                                second.table());
        System.out.println(page);
        Files.writeString(suite.data().resolveSibling("reconnect-storm-" + LINKS + ".md"), page);
    }
}
