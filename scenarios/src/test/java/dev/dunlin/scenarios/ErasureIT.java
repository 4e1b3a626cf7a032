package dev.dunlin.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.engines.testing.PushEndpoint;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.scenarios.suite.Names;
import dev.dunlin.scenarios.suite.OnSharedSuite;
import dev.dunlin.scenarios.suite.RedisProbe;
import dev.dunlin.scenarios.suite.Replies;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnSharedSuite
class ErasureIT {
    private final Suite suite;
    private final PushEndpoint endpoint = PushEndpoint.start();
    private final Replies replies;
    private final RedisProbe redis;
    private final UserId alice;
    private final UserId bob;
    private final ChannelName group;

    ErasureIT(Suite suite, Names names) throws IOException {
        this.suite = suite;
        this.replies = new Replies(suite.http());
        this.redis = new RedisProbe(URI.create(suite.stack().engines().redisUri()));
        this.alice = names.user("alice");
        this.bob = names.user("bob");
        this.group = names.group("erasure");
        suite.createGroup(group, alice, bob);
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    @Test
    void oneCallErasesAUsersMessagesDevicesAndLastSeenAndNobodyElses() throws IOException {
        for (UserId user : List.of(alice, bob)) {
            PushEndpoint.Hook hook = endpoint.hook("a secret of sixteen or more characters");
            suite.rest(user)
                    .publish(group, new ClientMessageId("m"), Json.tree(Map.of("text", "words of " + user)))
                    .join();
            suite.rest(user)
                    .registerDevice(Json.tree(Map.of("kind", "webhook", "url", hook.url(), "secret", hook.secret())))
                    .join();
            suite.link(user, suite.node(1)).close();
            await().atMost(Suite.DEADLINE).until(() -> redis.lastSeen(user));
        }

        replies.delete(data(), "Authorization", backEnd());

        await().atMost(Suite.DEADLINE)
                .until(() -> Replies.json(replies.get(data(), "Authorization", backEnd()))
                        .has("finished"));
        assertThat(suite.rest(alice).messagesAfter(group, 0, 10).join().messages())
                .extracting(ServerFrame.Message::data)
                .map(String::valueOf)
                .satisfiesExactly(
                        hers -> assertThat(hers).contains("words of " + alice),
                        his -> assertThat(his).doesNotContain("words"));
        await().atMost(Suite.DEADLINE).until(() -> devicesOf(bob).isEmpty());
        await().atMost(Suite.DEADLINE).until(() -> !redis.lastSeen(bob));
        assertThat(devicesOf(alice)).hasSize(1);
        assertThat(redis.lastSeen(alice)).isTrue();
    }

    private URI data() {
        return suite.gateway().resolve("/v1/users/" + bob + "/data");
    }

    private String backEnd() {
        return "Bearer " + suite.stack().serverToken("back-end");
    }

    private JsonNode devicesOf(UserId user) throws IOException {
        String token = "Bearer " + suite.stack().userToken(user.value());
        return Replies.json(replies.get(suite.gateway().resolve("/v1/devices"), "Authorization", token))
                .path("devices");
    }
}
