package dev.dunlin.scenarios.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.client.link.RawLink;
import dev.dunlin.engines.testing.PushEndpoint;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnDoubledSuite;
import dev.dunlin.scenarios.suite.RedisProbe;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What an engine or presence-service loses costs time, and no wrong status that lasts: who has a
 * link is never called offline, and who has none does not stay online.
 */
@OnDoubledSuite
class PresenceLossIT {
    /** Longer than Kafka's client keeps trying to write a record. */
    private static final Duration KAFKA_AWAY = Duration.ofSeconds(19);
    /** The grace, a rebuild, the takeover of a shard, and time for a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Suite suite;
    private final UserId alice;
    private final UserId bob;
    private final UserId carol;
    private final UserId dave;
    private final ChannelName group;

    PresenceLossIT(Suite suite, Names names) {
        this.suite = suite;
        this.alice = names.user("alice");
        this.bob = names.user("bob");
        this.carol = names.user("carol");
        this.dave = names.user("dave");
        this.group = names.group("loss");
    }

    @AfterEach
    void heal() throws InterruptedException {
        for (String process : List.of("kafka", "redis", "presence-service")) {
            suite.stack().start(process);
        }
        suite.awaitHealthy();
    }

    @Test
    void whoComesAndGoesWhileKafkaIsAwayIsSeenAfterwards() throws Exception {
        try (RawLink watcher = suite.link(alice, suite.node(1));
                RawLink stays = suite.link(bob, suite.node(2))) {
            RawLink leaves = suite.link(carol, suite.node(2));
            awaitStatus(bob, Status.ONLINE);
            awaitStatus(carol, Status.ONLINE);
            watch(watcher, bob, carol, dave);
            try (Polled polled = new Polled(bob)) {
                suite.stack().stop("kafka");
                leaves.close();
                try (RawLink comes = suite.link(dave, suite.node(1))) {
                    Thread.sleep(KAFKA_AWAY); // the outage itself
                    suite.stack().start("kafka");
                    suite.awaitHealthy();
                    awaitStatus(dave, Status.ONLINE);
                    awaitStatus(carol, Status.OFFLINE);
                    awaitChange(watcher, dave, Status.ONLINE);
                    awaitChange(watcher, carol, Status.OFFLINE);
                    assertThat(comes.isOpen()).isTrue();
                }
                assertThat(stays.isOpen()).isTrue();
                assertThat(polled.statuses()).doesNotContain(Status.OFFLINE);
                assertThat(changes(watcher, bob)).isEmpty();
            }
        }
    }

    @Test
    void anEmptyRedisMakesNobodyOfflineAndNotifiesNobody() throws Exception {
        RedisProbe redis = new RedisProbe(URI.create(suite.stack().engines().redisUri()));
        suite.createGroup(group, alice, bob, carol);
        try (PushEndpoint endpoint = PushEndpoint.start();
                RawLink watcher = suite.link(alice, suite.node(1));
                RawLink stays = suite.link(bob, suite.node(2))) {
            PushEndpoint.Hook his = registerHook(endpoint, bob);
            PushEndpoint.Hook hers = registerHook(endpoint, carol);
            awaitStatus(bob, Status.ONLINE);
            watch(watcher, bob);
            try (Polled polled = new Polled(bob)) {
                for (int round = 0; round < 3; round++) {
                    redis.empty();
                    publish("round " + round);
                    await().atMost(PATIENCE).until(() -> status(bob) == Status.UNKNOWN);
                    awaitStatus(bob, Status.ONLINE);
                    int rounds = round + 1;
                    await().atMost(PATIENCE).until(() -> endpoint.received(hers).size() == rounds);
                }
                assertThat(polled.statuses()).doesNotContain(Status.OFFLINE);
            }
            assertThat(endpoint.received(his)).isEmpty();
            assertThat(changes(watcher, bob)).isEmpty();
            assertThat(stays.isOpen()).isTrue();
        }
        awaitStatus(bob, Status.OFFLINE);
    }

    @Test
    void aKilledPresenceServiceMakesNobodyOffline() throws Exception {
        try (RawLink watcher = suite.link(alice, suite.node(1));
                RawLink stays = suite.link(bob, suite.node(2))) {
            RawLink leaves = suite.link(carol, suite.node(1));
            awaitStatus(bob, Status.ONLINE);
            awaitStatus(carol, Status.ONLINE);
            watch(watcher, bob, carol);
            try (Polled polled = new Polled(bob)) {
                suite.kill("presence-service");
                leaves.close();
                awaitStatus(carol, Status.OFFLINE);
                awaitChange(watcher, carol, Status.OFFLINE);
                assertThat(polled.statuses()).doesNotContain(Status.OFFLINE);
            }
            assertThat(changes(watcher, bob)).isEmpty();
            assertThat(stays.isOpen()).isTrue();
        }
    }

    @Test
    void aWatcherHearsOfAConnectAtOnce() throws IOException {
        List<Long> millis = new ArrayList<>();
        try (RawLink watcher = suite.link(alice, suite.node(1))) {
            for (int i = 0; i < 11; i++) {
                UserId next = new UserId(bob + "-" + i);
                watch(watcher, next);
                long start = System.nanoTime();
                try (RawLink comes = suite.link(next, suite.node(2))) {
                    awaitChange(watcher, next, Status.ONLINE);
                    millis.add((System.nanoTime() - start) / 1_000_000);
                    assertThat(comes.isOpen()).isTrue();
                }
            }
        }
        // 150 ms on a quiet machine, see benchmark/; it was 1.7 s.
        assertThat(millis.stream().sorted().toList().get(5))
                .as("median of %s", millis)
                .isLessThan(700);
    }

    /** Asks for a user over REST all the time. While presence-service is away it has no answer. */
    private final class Polled implements AutoCloseable {
        private final Set<Status> statuses = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final Thread thread;

        Polled(UserId user) {
            thread = Thread.ofVirtual().start(() -> {
                while (!stopped.get()) {
                    try {
                        statuses.add(status(user));
                        Thread.sleep(20); // paces the requests
                    } catch (InterruptedException e) {
                        return;
                    } catch (RuntimeException e) {
                        // no answer is not a wrong one
                    }
                }
            });
        }

        Set<Status> statuses() {
            return Set.copyOf(statuses);
        }

        @Override
        public void close() {
            stopped.set(true);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void watch(RawLink link, UserId... users) {
        link.send(new ClientFrame.Presence(Ref.of("watch"), List.of(users), true));
        var unused = link.await(ServerFrame.PresenceState.class);
    }

    private void awaitChange(RawLink link, UserId user, Status status) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> changes(link, user).stream().anyMatch(change -> change.status() == status));
    }

    private static List<UserPresence> changes(RawLink link, UserId user) {
        return link.received(ServerFrame.Presence.class).stream()
                .flatMap(frame -> frame.changes().stream())
                .filter(change -> change.user().equals(user))
                .toList();
    }

    private void awaitStatus(UserId user, Status status) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> status(user) == status);
    }

    private Status status(UserId user) {
        return suite.backEnd().presence(List.of(user)).join().getFirst().status();
    }

    private void publish(String text) {
        var unused = suite.rest(alice)
                .publish(group, new ClientMessageId(text.replace(' ', '-')), Json.tree(Map.of("text", text)))
                .join();
    }

    private PushEndpoint.Hook registerHook(PushEndpoint endpoint, UserId user) {
        PushEndpoint.Hook hook = endpoint.hook("a secret of sixteen or more characters");
        suite.rest(user)
                .registerDevice(Json.tree(Map.of("kind", "webhook", "url", hook.url(), "secret", hook.secret())))
                .join();
        return hook;
    }
}
