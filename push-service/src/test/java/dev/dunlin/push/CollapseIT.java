package dev.dunlin.push;

import static dev.dunlin.push.world.World.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.PushEndpoint;
import dev.dunlin.engines.testing.TestEngines;
import dev.dunlin.engines.testing.TestTokens;
import dev.dunlin.protocol.kafka.Topics;
import dev.dunlin.push.world.World;
import dev.dunlin.push.world.WorldResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** What a user gets of many messages, of messages that change, and why. */
@QuarkusTest
@WithTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "push"))
@WithTestResource(WorldResource.class)
class CollapseIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @SuppressWarnings("NullAway.Init") // set by WorldResource
    World world;

    @Test
    void thirtyMessagesAreOneNotification() {
        world.peers().channel("group:thirty", "alice", "thirty");
        PushEndpoint.Hook hook = world.hookOf("thirty", "{\"badge\":true}");
        for (int seq = 1; seq <= 30; seq++) {
            world.events().message("group:thirty", seq, "alice", "message " + seq);
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(last(hook)).contains("\"seq\":30", "message 30", "\"count\":30"));
        assertThat(world.push().received(hook).size()).isLessThanOrEqualTo(3);
        assertThat(last(hook)).contains("\"unread\":5", "\"badge\":12");
        explain("thirty", "group:thirty", 1)
                .body("decision", equalTo("notify"))
                .body("devices[0].state", equalTo("shown"));
    }

    @Test
    void whatIsReadElsewhereIsTakenAway() {
        world.peers().channel("group:elsewhere", "alice", "elsewhere");
        PushEndpoint.Browser browser = world.browserOf("elsewhere");
        world.events().message("group:elsewhere", 1, "alice", "read me");
        await().atMost(SOON).untilAsserted(() -> assertThat(last(browser)).contains("read me"));
        world.events().read("group:elsewhere", "elsewhere", 1);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(last(browser))
                        .contains("\"type\":\"read\"", "\"channel\":\"group:elsewhere\"", "\"seq\":1"));
        explain("elsewhere", "group:elsewhere", 1)
                .body("devices[0].state", equalTo("ended"))
                .body("devices[0].reason", equalTo("read"));
    }

    @Test
    void whatIsDeletedIsReplacedAndThenTakenAway() {
        world.peers().channel("group:taken", "alice", "taken");
        PushEndpoint.Hook hook = world.hookOf("taken", "{}");
        world.events().message("group:taken", 1, "alice", "stays for now");
        world.events().message("group:taken", 2, "alice", "a secret");
        await().atMost(SOON).untilAsserted(() -> assertThat(last(hook)).contains("a secret"));
        world.events().deleted("group:taken", 3, 2, "alice");
        await().atMost(SOON).untilAsserted(() -> assertThat(last(hook)).contains("stays for now"));
        world.events().deleted("group:taken", 4, 1, "alice");
        await().atMost(SOON).untilAsserted(() -> assertThat(last(hook)).contains("\"type\":\"read\""));
    }

    @Test
    void aChannelThatIsCreatedAgainStartsAfresh() {
        world.peers().channel("group:again", "alice", "again");
        PushEndpoint.Hook hook = world.hookOf("again", "{}");
        world.events().message("group:again", 5, "alice", "the old one");
        world.events().messageInNextEpoch("group:again", 1, "alice", "the new one");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(last(hook))
                        .contains("\"seq\":1", "the new one")
                        .doesNotContain("count"));
    }

    @Test
    void whoIsAwayIsNotifiedWhenItHasBeenForLongEnough() {
        world.peers().channel("group:away", "alice", "away-long", "away-now");
        PushEndpoint.Hook longAway = world.hookOf("away-long", "{}");
        PushEndpoint.Hook nowAway = world.hookOf("away-now", "{}");
        world.peers().away("away-long", 1_000);
        world.peers().away("away-now", Clock.systemUTC().millis());
        world.events().message("group:away", 1, "alice", "lunch?");
        await().atMost(SOON).untilAsserted(() -> assertThat(last(longAway)).contains("lunch?"));
        assertThat(world.push().received(nowAway)).isEmpty();
        explain("away-now", "group:away", 1)
                .body("decision", equalTo("away_recently"))
                .body("devices[0].state", equalTo("waiting"));
        await().atMost(SOON).untilAsserted(() -> assertThat(last(nowAway)).contains("lunch?"));
    }

    @Test
    void whoDoesNotWantToBeDisturbedIsNotAndItIsSaidWhy() throws InterruptedException {
        world.peers().channel("group:dnd", "alice", "sleeper", "awake");
        world.peers().dnd("sleeper");
        PushEndpoint.Hook sleeper = world.hookOf("sleeper", "{}");
        PushEndpoint.Hook awake = world.hookOf("awake", "{}");
        world.events().message("group:dnd", 1, "alice", "psst");
        await().atMost(SOON).untilAsserted(() -> assertThat(last(awake)).contains("psst"));
        assertThat(world.push().received(sleeper)).isEmpty();
        explain("sleeper", "group:dnd", 1).body("decision", equalTo("dnd"));
        explain("nobody", "group:dnd", 1).body("decision", equalTo("no_access"));
        explain("alice", "group:dnd", 1).body("decision", equalTo("no_access"));
    }

    @Test
    void aUserChoosesMentionsForAChannelAndAMentionIsCounted() {
        world.peers().channel("group:noisy", "alice", "picky");
        PushEndpoint.Hook hook = world.hookOf("picky", "{}");
        as("picky")
                .body("{\"push\":\"mentions\",\"preview\":\"sender\"}")
                .put("/v1/push/preferences/channels/group:noisy")
                .then()
                .statusCode(200);
        world.events().message("group:noisy", 1, "alice", "noise");
        world.events().mention("group:noisy", 2, "alice", "picky?", "picky");
        await().atMost(SOON).untilAsserted(() -> assertThat(last(hook)).contains("\"seq\":2", "\"mentioned\":true"));
        assertThat(last(hook)).doesNotContain("picky?", "count");
        explain("picky", "group:noisy", 1).body("decision", equalTo("not_mentioned"));
        world.events().mention("group:noisy", 3, "alice", "picky!", "picky");
        await().atMost(SOON).untilAsserted(() -> assertThat(last(hook)).contains("\"seq\":3", "\"count\":2"));
    }

    @Test
    void aNamespaceNotifiesOfMentionsAndAUserMayWantAll() {
        world.peers().channel("team:a", "alice", "usual", "eager");
        PushEndpoint.Hook usual = world.hookOf("usual", "{}");
        PushEndpoint.Hook eager = world.hookOf("eager", "{}");
        as("eager")
                .body("{\"push\":\"all\"}")
                .put("/v1/push/preferences")
                .then()
                .statusCode(200);
        world.events().message("team:a", 1, "alice", "to all");
        await().atMost(SOON).untilAsserted(() -> assertThat(last(eager)).contains("to all"));
        assertThat(world.push().received(usual)).isEmpty();
        world.events().mention("team:a", 2, "alice", "to one", "usual");
        await().atMost(SOON).untilAsserted(() -> assertThat(last(usual)).contains("to one"));
    }

    @Test
    void theTwoOfADirectChannelAreNotifiedWithoutBeingLoaded() {
        world.peers().channel("dm:direct-a:direct-b", "direct-a", "direct-b");
        PushEndpoint.Hook hook = world.hookOf("direct-b", "{}");
        world.events().message("dm:direct-a:direct-b", 1, "direct-a", "you");
        await().atMost(SOON).untilAsserted(() -> assertThat(last(hook)).contains("you"));
    }

    @Test
    void everyMemberOfALargeGroupIsNotifiedWithFewCalls() {
        int members = 60; // the peers answer two members a page
        String[] users = java.util.stream.IntStream.range(0, members)
                .mapToObj(i -> "large-" + i)
                .toArray(String[]::new);
        world.peers().channel("group:large", users);
        List<PushEndpoint.Hook> hooks = java.util.Arrays.stream(users)
                .skip(1)
                .map(user -> world.hookOf(user, "{}"))
                .toList();
        world.peers().forgetCalls();
        world.events().message("group:large", 1, "large-0", "to all of you");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(hooks)
                        .allSatisfy(
                                hook -> assertThat(world.push().received(hook)).hasSize(1)));
        assertThat(world.peers().calls("/internal/texts")).isLessThanOrEqualTo(10);
        assertThat(world.peers().calls("/internal/channels/group:large/members"))
                .isEqualTo(30);
        world.peers().forgetCalls();
        world.events().message("group:large", 2, "large-0", "again");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(hooks)
                        .allSatisfy(
                                hook -> assertThat(world.push().received(hook)).hasSize(2)));
        assertThat(world.peers().calls("/internal/channels/group:large/members"))
                .isZero();
    }

    @Test
    void whatWasGivenUpIsTriedAgainOnRequest() {
        world.peers().channel("group:dead", "alice", "dead-letter");
        PushEndpoint.Hook hook = world.hookOf("dead-letter", "{}");
        long since = Clock.systemUTC().millis();
        world.push().refuse(hook, 5);
        world.events().message("group:dead", 1, "alice", "at last");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> explain("dead-letter", "group:dead", 1)
                        .body("devices[0].state", equalTo("ended"))
                        .body("devices[0].reason", equalTo("given_up")));
        assertThat(world.push().received(hook)).isEmpty();
        assertThat(deadLetters())
                .anySatisfy(letter -> assertThat(letter)
                        .contains(
                                "\"kind\":\"webhook\"",
                                "\"reason\":\"given_up\"",
                                "\"error\":\"status 503\"",
                                "\"attempts\":5"))
                .noneSatisfy(letter -> assertThat(letter).containsAnyOf("at last", "dead-letter", "group:dead"));
        backEnd()
                .body("{\"since\":" + since + "}")
                .post("/v1/push/replay")
                .then()
                .statusCode(200)
                .body("notifications", equalTo(1));
        await().atMost(SOON).untilAsserted(() -> assertThat(last(hook)).contains("at last"));
    }

    @Test
    void onlyABackEndMayAskWhyAndMustSayAboutWhat() {
        as("alice")
                .get("/v1/push/explain?user=alice&channel=group:a&seq=1")
                .then()
                .statusCode(403);
        as("alice").body("{\"since\":1}").post("/v1/push/replay").then().statusCode(403);
        backEnd()
                .get("/v1/push/explain?user=alice&seq=1")
                .then()
                .statusCode(400)
                .body("detail", equalTo("channel: is required"));
        backEnd()
                .get("/v1/push/explain?user=alice&channel=group:never&seq=1")
                .then()
                .statusCode(404);
        backEnd()
                .body("{}")
                .post("/v1/push/replay")
                .then()
                .statusCode(400)
                .body("detail", equalTo("since: is required"));
    }

    /** All records of the topic. */
    private static List<String> deadLetters() {
        List<String> letters = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        TestEngines.join().kafkaBootstrapServers(),
                        ConsumerConfig.GROUP_ID_CONFIG,
                        "collapse-it",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(Topics.PUSH_DLQ));
            await().atMost(SOON).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> letters.add(record.value()));
                return !letters.isEmpty();
            });
        }
        return letters;
    }

    private ValidatableResponse explain(String user, String channel, long seq) {
        return backEnd()
                .get("/v1/push/explain?user=" + user + "&channel=" + channel + "&seq=" + seq)
                .then()
                .statusCode(200);
    }

    private static io.restassured.specification.RequestSpecification backEnd() {
        return given().auth().oauth2(TestTokens.server("back-end")).contentType(ContentType.JSON);
    }

    private String last(PushEndpoint.Device device) {
        List<PushEndpoint.Received> received = world.push().received(device);
        assertThat(received).as("complaints: %s", world.push().complaints()).isNotEmpty();
        return received.getLast().json();
    }
}
