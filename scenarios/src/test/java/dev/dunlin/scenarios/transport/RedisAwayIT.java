package dev.dunlin.scenarios.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.client.link.RawLink;
import dev.dunlin.client.rest.RestClient;
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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Nodes learn of removals and of presence changes even if Redis is unreachable and does not deliver
 * them.
 */
@OnDoubledSuite
class RedisAwayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Suite suite;
    private final UserId alice;
    private final UserId bob;
    private final ChannelName group;

    RedisAwayIT(Suite suite, Names names) {
        this.suite = suite;
        this.alice = names.user("alice");
        this.bob = names.user("bob");
        this.group = names.group("removed");
    }

    @AfterEach
    void heal() throws InterruptedException {
        suite.stack().start("redis");
        suite.awaitHealthy();
    }

    @Test
    void whoIsRemovedWhileRedisIsAwayHearsNothingOnceItIsBack() throws Exception {
        suite.createGroup(group, alice, bob);
        RestClient owner = suite.rest(
                URI.create(suite.stack().url("message-service")), suite.stack().userToken(alice.value()));
        try (RawLink removed = suite.subscribed(bob, suite.node(2), group);
                RawLink kept = suite.subscribed(alice, suite.node(2), group)) {
            publish("before");
            awaitMessage(removed, "before");
            suite.stack().stop("redis");
            CompletableFuture<Void> removal = owner.removeMember(group, bob);
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> owner.members(group, null).join().members().stream()
                            .noneMatch(member -> member.user().equals(bob)));
            await().atMost(PATIENCE).until(removal::isDone); // the answer goes over Redis: there is none
            suite.stack().start("redis");
            ServerFrame.Unsubscribed ended = removed.await(
                    ServerFrame.Unsubscribed.class, frame -> frame.channel().equals(group));
            assertThat(ended.ref()).isNull();
            suite.awaitHealthy();
            publish("after");
            awaitMessage(kept, "after");
            assertThat(removed.received(ServerFrame.Message.class))
                    .noneMatch(message -> message.data().asText().equals("after"));
            suite.rest(alice).removeMember(group, bob).join(); // again, as whoever got no answer does
        }
    }

    @Test
    void watchersHearWhatChangedWhileTheirNodesWereCutOff() throws IOException, InterruptedException {
        RedisProbe redis = new RedisProbe(URI.create(suite.stack().engines().redisUri()));
        List<RawLink> watchers = new ArrayList<>();
        try (RawLink watched = suite.link(bob, suite.node(2))) {
            for (int i = 0; i < 4; i++) {
                RawLink watcher = suite.link(alice, suite.node(1 + i % 2));
                watchers.add(watcher);
                await().atMost(PATIENCE).until(() -> watch(watcher) == Status.ONLINE);
            }
            watched.send(new ClientFrame.Away());
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .pollDelay(Duration.ZERO)
                    .until(() -> {
                        redis.cutSubscribers(); // so that no node is subscribed when the change
                        // is published
                        return status() == Status.AWAY;
                    });
            for (RawLink watcher : watchers) {
                watcher.await(
                        ServerFrame.Presence.class,
                        frame -> frame.changes().stream()
                                .anyMatch(change -> change.user().equals(bob) && change.status() == Status.AWAY));
            }
        } finally {
            watchers.forEach(RawLink::close);
        }
    }

    private void publish(String text) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> suite.rest(alice)
                                .publish(group, new ClientMessageId(text), Json.tree(text))
                                .join()
                                .seq()
                        > 0);
    }

    private static void awaitMessage(RawLink link, String text) {
        link.await(ServerFrame.Message.class, message -> message.data().asText().equals(text));
    }

    private Status watch(RawLink link) {
        link.send(new ClientFrame.Presence(Ref.of("watch"), List.of(bob), true));
        return link.await(ServerFrame.PresenceState.class).users().getFirst().status();
    }

    private Status status() {
        return suite.backEnd().presence(List.of(bob)).join().stream()
                .map(UserPresence::status)
                .findFirst()
                .orElseThrow();
    }
}
