package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.client.link.RawLink;
import dev.dunlin.engines.testing.PushEndpoint;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.Replies;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnSharedSuite
class NotificationIT {
    private final Suite suite;
    private final PushEndpoint endpoint = PushEndpoint.start();
    private final UserId alice;
    private final UserId bob;
    private final UserId carol;
    private final ChannelName group;

    NotificationIT(Suite suite, Names names) throws IOException {
        this.suite = suite;
        this.alice = names.user("alice");
        this.bob = names.user("bob");
        this.carol = names.user("carol");
        this.group = names.group("push");
        suite.createGroup(group, alice, bob, carol);
    }

    @AfterEach
    void nothingThatCameWasWrong() {
        endpoint.close();
        assertThat(endpoint.complaints()).isEmpty();
    }

    @Test
    void aMessageToOfflineBobIsSentToHisWebhookAndHisBrowser() throws IOException, GeneralSecurityException {
        PushEndpoint.Hook hook = registerHook(bob);
        PushEndpoint.Browser browser = registerBrowser(bob);
        long seq = publish("wake up");
        for (PushEndpoint.Device device : List.of(hook, browser)) {
            JsonNode notification = awaitNotification(device, seq);
            assertThat(notification.path("channel").asText()).isEqualTo(group.value());
            assertThat(notification.path("from").asText()).isEqualTo(alice.value());
            assertThat(notification.path("user").asText()).isEqualTo(bob.value());
            assertThat(notification.path("data").path("text").asText()).isEqualTo("wake up");
        }
        assertThat(endpoint.received(hook)).hasSize(1);
        assertThat(endpoint.received(browser)).hasSize(1);
    }

    @Test
    void aMessageToOnlineBobNotifiesNobodyButThoseWhoAreOffline() throws IOException {
        PushEndpoint.Hook his = registerHook(bob);
        PushEndpoint.Hook hers = registerHook(carol);
        try (RawLink online = suite.subscribed(bob, suite.node(2), group)) {
            await().atMost(Suite.DEADLINE)
                    .until(() -> suite.backEnd()
                                    .presence(List.of(bob))
                                    .join()
                                    .getFirst()
                                    .status()
                            == Status.ONLINE);
            long seq = publish("for carol");
            awaitNotification(hers, seq); // bob's was decided with it
            assertThat(online.isOpen()).isTrue();
            assertThat(endpoint.received(his)).isEmpty();
        }
    }

    @Test
    void theSenderIsNotNotified() throws IOException {
        PushEndpoint.Hook own = registerHook(alice);
        PushEndpoint.Hook his = registerHook(bob);
        awaitNotification(his, publish("from alice"));
        assertThat(endpoint.received(own)).isEmpty();
    }

    @Test
    void whatIsSentIsTheTextOfThatMomentToThoseWhoAreMembersThen() throws IOException {
        PushEndpoint.Hook his = registerHook(bob);
        PushEndpoint.Hook hers = registerHook(carol);
        long seq = publish("teh old text");
        suite.rest(alice)
                .edit(group, seq, Json.tree(Map.of("text", "the new text")), null)
                .join();
        suite.rest(alice).removeMember(group, carol).join();
        assertThat(awaitNotification(his, seq).path("data").path("text").asText())
                .isEqualTo("the new text");
        long next = publish("for bob alone");
        awaitNotification(his, next); // what was due for carol was decided before it
        assertThat(endpoint.received(hers)).isEmpty();
    }

    private JsonNode awaitNotification(PushEndpoint.Device device, long seq) {
        await().atMost(Suite.DEADLINE)
                .until(() -> endpoint.received(device).stream()
                        .anyMatch(received ->
                                Replies.json(received.json()).path("seq").asLong() == seq));
        return Replies.json(endpoint.received(device).getLast().json());
    }

    private long publish(String text) {
        return suite.rest(alice)
                .publish(group, new ClientMessageId("m"), Json.tree(Map.of("text", text)))
                .join()
                .seq();
    }

    private PushEndpoint.Hook registerHook(UserId user) {
        PushEndpoint.Hook hook = endpoint.hook("a secret of sixteen or more characters");
        suite.rest(user)
                .registerDevice(Json.tree(Map.of("kind", "webhook", "url", hook.url(), "secret", hook.secret())))
                .join();
        return hook;
    }

    private PushEndpoint.Browser registerBrowser(UserId user) throws IOException, GeneralSecurityException {
        String key = Replies.json(new Replies(suite.http())
                        .get(
                                suite.gateway().resolve("/v1/push/vapid-public-key"),
                                "Authorization",
                                "Bearer " + suite.stack().userToken(user.value())))
                .path("key")
                .asText();
        PushEndpoint.Browser browser = endpoint.browser(key);
        suite.rest(user)
                .registerDevice(Json.tree(Map.of("kind", "webpush", "subscription", Replies.json(browser.json()))))
                .join();
        return browser;
    }
}
