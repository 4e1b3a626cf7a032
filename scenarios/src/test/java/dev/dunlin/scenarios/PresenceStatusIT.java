package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dunlin.client.link.RawLink;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What users say of themselves, on which devices they are, and who sees it. */
@OnSharedSuite
class PresenceStatusIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Suite suite;
    private final UserId alice;
    private final UserId bob;
    private final ChannelName direct;
    private final HttpClient http = HttpClient.newHttpClient();

    PresenceStatusIT(Suite suite, Names names) {
        this.suite = suite;
        this.alice = names.user("alice");
        this.bob = names.user("bob");
        this.direct = ChannelName.direct(alice, bob).orElseThrow();
    }

    @Test
    void aStrangerSeesNobodyAContactDoesAndWhoIsBlockedNoLonger() throws Exception {
        try (RawLink watcher = suite.link(alice, suite.node(1));
                RawLink there = suite.link(bob, suite.node(2))) {
            awaitReal(bob, Status.ONLINE);
            assertThat(watch(watcher, bob)).containsExactly(new UserPresence(bob, Status.OFFLINE, null));

            write("hello");
            awaitChange(watcher, Status.ONLINE);
            assertThat(put(bob, "/v1/users/me/blocks/" + alice, "").statusCode())
                    .isEqualTo(204);
            awaitChange(watcher, Status.OFFLINE);
            there.send(new ClientFrame.Away());
            awaitReal(bob, Status.AWAY);
            assertThat(put(bob, "/v1/presence/me", "{\"text\":\"You cannot read this\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(watch(watcher, bob)).containsExactly(new UserPresence(bob, Status.OFFLINE, null));
            assertThat(changes(watcher)).extracting(UserPresence::text).containsOnlyNulls();
        }
    }

    @Test
    void anInvisibleUserIsSeenToGoAndNotSeenToWork() throws Exception {
        write("hello");
        try (RawLink watcher = suite.link(alice, suite.node(1));
                RawLink there = suite.link(bob, suite.node(2))) {
            awaitReal(bob, Status.ONLINE);
            watch(watcher, bob);
            put(bob, "/v1/presence/me", "{\"status\":\"invisible\"}");
            awaitChange(watcher, Status.OFFLINE);
            there.send(new ClientFrame.Away());
            awaitReal(bob, Status.AWAY);
            there.send(new ClientFrame.Active());
            awaitReal(bob, Status.ONLINE);
            UserPresence seen = watch(watcher, bob).getFirst();
            assertThat(seen.status()).isEqualTo(Status.OFFLINE);
            assertThat(seen.devices()).isNull();
            assertThat(watch(there, bob)).extracting(UserPresence::status).containsExactly(Status.ONLINE);
            put(bob, "/v1/presence/me", "{}");
            awaitChange(watcher, Status.ONLINE);
        }
    }

    @Test
    void eachDeviceHasItsOwnStatus() throws Exception {
        write("hello");
        try (RawLink watcher = suite.link(alice, suite.node(1));
                RawLink mobile = link(bob, suite.node(1), "mobile");
                RawLink desktop = link(bob, suite.node(2), "desktop")) {
            assertThat(mobile.isOpen()).isTrue();
            desktop.send(new ClientFrame.Away());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(watch(watcher, bob))
                            .containsExactly(new UserPresence(
                                    bob,
                                    Status.ONLINE,
                                    null,
                                    Map.of(Device.MOBILE, Status.ONLINE, Device.DESKTOP, Status.AWAY),
                                    null,
                                    null,
                                    null,
                                    null)));
        }
    }

    @Test
    void allContactsAreWatchedByOneFrameThoseToComeToo() throws Exception {
        try (RawLink watcher = suite.link(alice, suite.node(1))) {
            watcher.send(new ClientFrame.Presence(Ref.of("contacts"), null, true, true));
            ServerFrame.PresenceState state = watcher.await(ServerFrame.PresenceState.class);
            assertThat(state.users()).isEmpty();
            assertThat(state.more()).isNull();
            write("hello");
            try (RawLink there = suite.link(bob, suite.node(2))) {
                awaitChange(watcher, Status.ONLINE);
                assertThat(there.isOpen()).isTrue();
            }
        }
    }

    private void write(String text) {
        suite.rest(alice)
                .publish(direct, new ClientMessageId("m-" + System.nanoTime()), Json.tree(text))
                .join();
    }

    private RawLink link(UserId user, URI node, String device) throws IOException {
        URI socket = URI.create(Suite.socket(node) + "?device=" + device);
        RawLink link = RawLink.open(http, socket, suite.stack().userToken(user.value()), Suite.DEADLINE);
        link.await(ServerFrame.Welcome.class);
        return link;
    }

    private HttpResponse<String> put(UserId user, String path, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(suite.gateway().resolve(path))
                        .header("Authorization", "Bearer " + suite.stack().userToken(user.value()))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static List<UserPresence> watch(RawLink link, UserId user) {
        Ref ref = Ref.of("watch-" + System.nanoTime());
        link.send(new ClientFrame.Presence(ref, List.of(user), true));
        return link.await(ServerFrame.PresenceState.class, state -> ref.equals(state.ref()))
                .users();
    }

    private void awaitChange(RawLink link, Status status) {
        await().atMost(PATIENCE)
                .until(() -> !changes(link).isEmpty() && changes(link).getLast().status() == status);
    }

    private List<UserPresence> changes(RawLink link) {
        return link.received(ServerFrame.Presence.class).stream()
                .flatMap(frame -> frame.changes().stream())
                .filter(change -> change.user().equals(bob))
                .toList();
    }

    /** As a back end sees the user. */
    private void awaitReal(UserId user, Status status) {
        await().atMost(PATIENCE)
                .until(() -> suite.backEnd()
                                .presence(List.of(user))
                                .join()
                                .getFirst()
                                .status()
                        == status);
    }
}
