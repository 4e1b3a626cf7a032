package dev.dunlin.presence.http;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.Exposition;
import dev.dunlin.engines.testing.TestTokens;
import dev.dunlin.presence.SessionProducer;
import dev.dunlin.presence.status.StatusBoard;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.kafka.SessionEvent.Kind;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answers over REST, refusals among them. */
@QuarkusTest
@QuarkusTestResource(EnginesTestResource.class)
@QuarkusTestResource(MessageServicePeer.class)
class PresenceResourceIT {
    @TestHTTPResource(value = "/", management = true)
    @SuppressWarnings("NullAway.Init")
    URI management;

    /** A process that has just started gets its shards when the one before has left the group. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String PROBLEM = "application/problem+json";

    @Inject
    @ConfigProperty(name = "kafka.bootstrap.servers")
    @SuppressWarnings("NullAway.Init")
    String kafka;

    @Inject
    @SuppressWarnings("NullAway.Init")
    StatusBoard statuses;

    @SuppressWarnings("NullAway.Init")
    private SessionProducer sessions;

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final String alice = "alice-" + suffix;
    private final String bob = "bob-" + suffix;
    private final String carol = "carol-" + suffix;

    @Test
    void usersAreAnsweredInTheOrderInWhichTheyWereAskedFor() {
        there(Kind.STARTED, bob);
        there(Kind.AWAY, carol);

        as(alice)
                .get("/v1/presence?user=" + carol + "&user=" + alice + "&user=" + bob)
                .then()
                .statusCode(200)
                .body("users.user", contains(carol, alice, bob))
                .body("users.status", contains("away", "offline", "online"))
                .body("users[1].lastSeen", nullValue());
    }

    @Test
    void whoeverMayNotSeeAUserSeesItOfflineAndCannotTellWhy() {
        String stranger = "stranger-" + suffix;
        String blocker = "blocker-" + suffix;
        there(Kind.STARTED, stranger);
        there(Kind.STARTED, blocker);
        String both = "/v1/presence?user=" + stranger + "&user=" + blocker;

        as(alice)
                .get(both)
                .then()
                .statusCode(200)
                .body("users.status", contains("offline", "offline"))
                .body("users[0].keySet()", containsInAnyOrder("user", "status"))
                .body("users[1].keySet()", containsInAnyOrder("user", "status"))
                .body("hidden", nullValue());
        given().auth()
                .oauth2(TestTokens.server("backend"))
                .get(both)
                .then()
                .statusCode(200)
                .body("users.status", contains("online", "online"));
        as(stranger).get("/v1/presence?user=" + stranger).then().body("users.status", contains("online"));
    }

    @Test
    void aUserChoosesWhoSeesIt() {
        String stranger = "stranger-member-" + suffix;
        there(Kind.STARTED, stranger);
        for (String visibleTo : List.of("members", "everyone")) {
            shows(stranger, "{\"visibleTo\":\"" + visibleTo + "\"}", visibleTo, "online");
        }
        shows(stranger, "{\"visibleTo\":\"nobody\"}", "nobody", "offline");
        shows(stranger, "{\"visibleTo\":\"everyone\"}", "everyone", "online");
        shows(stranger, "{}", "contacts", "offline");
        as(stranger)
                .contentType("application/json")
                .body("{\"visibleTo\":\"friends\"}")
                .put("/v1/presence/me/visibility")
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("detail", containsString("visibleTo"));
    }

    private void shows(String user, String body, String visibleTo, String seen) {
        as(user).contentType("application/json")
                .body(body)
                .put("/v1/presence/me/visibility")
                .then()
                .statusCode(200)
                .body("visibleTo", equalTo(visibleTo));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> as(alice).get("/v1/presence?user=" + user).then().body("users.status", contains(seen)));
    }

    @Test
    void aUserSaysWhatItIsAndOthersSeeIt() {
        there(Kind.STARTED, bob);
        long until = Instant.now().plusSeconds(3_600).toEpochMilli();

        choose(bob, "{\"status\":\"dnd\",\"text\":\" In a meeting \",\"emoji\":\"📅\",\"until\":" + until + "}")
                .statusCode(200)
                .body("status", equalTo("online"))
                .body("dnd", equalTo(true))
                .body("choice.status", equalTo("dnd"))
                .body("choice.text", equalTo("In a meeting"))
                .body("visibleTo", equalTo("contacts"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> as(alice)
                        .get("/v1/presence?user=" + bob)
                        .then()
                        .body("users[0].status", equalTo("online"))
                        .body("users[0].devices", equalTo(Map.of("web", "online")))
                        .body("users[0].dnd", equalTo(true))
                        .body("users[0].text", equalTo("In a meeting"))
                        .body("users[0].emoji", equalTo("📅"))
                        .body("users[0].until", equalTo(until)));

        choose(bob, "{\"status\":\"invisible\"}").statusCode(200).body("status", equalTo("online"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> as(alice)
                        .get("/v1/presence?user=" + bob)
                        .then()
                        .body("users[0].status", equalTo("offline"))
                        .body("users[0].devices", nullValue())
                        .body("users[0].text", nullValue()));
        as(bob).get("/v1/presence/me")
                .then()
                .statusCode(200)
                .body("status", equalTo("online"))
                .body("choice.status", equalTo("invisible"));
        ask(TestTokens.internal("push"), "[\"" + bob + "\"]").body("users.status", contains("online"));

        choose(bob, "{}").statusCode(200).body("choice", equalTo(Map.of("status", "auto")));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        as(alice).get("/v1/presence?user=" + bob).then().body("users[0].status", equalTo("online")));
    }

    @Test
    void aBrokenChoiceIsABadRequestThatNamesTheField() {
        for (Map.Entry<String, String> broken : Map.of(
                        "{\"status\":\"busy\"}",
                        "status: must be one of auto, away, dnd, invisible",
                        "{\"text\":\"" + "x".repeat(141) + "\"}",
                        "text",
                        "{\"text\":\"two\\nlines\"}",
                        "text",
                        "{\"emoji\":\"\"}",
                        "emoji",
                        "{\"until\":1}",
                        "until",
                        "{\"until\":\"soon\"}",
                        "until")
                .entrySet()) {
            choose(alice, broken.getKey())
                    .statusCode(400)
                    .contentType(PROBLEM)
                    .body("code", equalTo("bad_request"))
                    .body("detail", containsString(broken.getValue()));
        }
        choose(alice, "").statusCode(400).contentType(PROBLEM);
        choose(alice, "[").statusCode(400).contentType(PROBLEM);
    }

    private ValidatableResponse choose(String user, String body) {
        return as(user).contentType("application/json")
                .body(body)
                .put("/v1/presence/me")
                .then();
    }

    @Test
    void withoutATokenNothingIsSaid() {
        given().get("/v1/presence?user=" + alice)
                .then()
                .statusCode(401)
                .contentType(PROBLEM)
                .body("code", equalTo("unauthenticated"));
    }

    @Test
    void aTokenOfAnotherKeyIsRefused() {
        given().auth()
                .oauth2(TestTokens.foreign(alice))
                .get("/v1/presence?user=" + alice)
                .then()
                .statusCode(401);
    }

    @Test
    void aHundredUsersAreTheMost() {
        as(alice).get("/v1/presence?" + manyUsers(100)).then().statusCode(200).body("users", hasSize(100));
        as(alice)
                .get("/v1/presence?" + manyUsers(101))
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("code", equalTo("bad_request"))
                .body("detail", containsString("100"));
    }

    @Test
    void askingForNobodyIsABadRequest() {
        as(alice).get("/v1/presence").then().statusCode(400).body("code", equalTo("bad_request"));
    }

    @Test
    void aBrokenUserIdIsABadRequestThatNamesTheParameter() {
        as(alice)
                .get("/v1/presence?user=a%20b")
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("detail", containsString("user:"));
    }

    @Test
    void servicesAskInTheBodyAndNobodyElseDoes() {
        there(Kind.STARTED, bob);

        ask(TestTokens.internal("push"), "[\"" + carol + "\",\"" + bob + "\"]")
                .statusCode(200)
                .body("users.user", contains(carol, bob))
                .body("users.status", contains("offline", "online"));
        ask(TestTokens.internal("push"), "[]").statusCode(400).body("detail", containsString("users:"));
        for (String stranger : List.of(TestTokens.user(alice), TestTokens.server("backend"))) {
            ask(stranger, "[\"" + bob + "\"]").statusCode(403).body("code", equalTo("forbidden"));
        }
        given().auth()
                .oauth2(TestTokens.internal("push"))
                .get("/v1/presence?user=" + bob)
                .then()
                .statusCode(403)
                .contentType(PROBLEM)
                .body("code", equalTo("forbidden"));
    }

    @Test
    void pushLearnsSinceWhenUsersAreAwayAndNobodyElseDoes() {
        Instant since = Instant.now();
        there(Kind.STARTED, bob);
        send(Kind.AWAY, carol, since);
        await().atMost(PATIENCE).until(() -> status(carol) == Status.AWAY);
        there(Kind.STARTED, alice);
        choose(alice, "{\"status\":\"away\"}").statusCode(200);
        await().atMost(PATIENCE).until(() -> status(alice) == Status.AWAY);
        String users = "\"users\":[\"" + bob + "\",\"" + carol + "\",\"" + alice + "\",\"nobody-" + suffix + "\"]";

        ask(TestTokens.internal("push"), users, "")
                .statusCode(200)
                .body("users.status", contains("online", "away", "away", "offline"))
                .body("awaySince", equalTo(Map.of(carol, since.toEpochMilli(), alice, 0)));
        ask(TestTokens.internal("push"), users, ",\"shown\":true")
                .statusCode(200)
                .body("users.status", contains("online", "away", "away", "offline"))
                .body("awaySince", nullValue());
        ask(TestTokens.internal("push"), users, ",\"viewer\":\"" + alice + "\"")
                .statusCode(200)
                .body("awaySince", nullValue());
        ask(TestTokens.internal("push"), "\"users\":[\"" + bob + "\"]", "").body("awaySince", nullValue());
        as(bob).get("/v1/presence?user=" + carol)
                .then()
                .statusCode(200)
                .body("users.status", contains("away"))
                .body("awaySince", nullValue());
    }

    @Test
    void thousandsAreAnsweredAsTheyAreAndAHundredAsOthersSeeThem() {
        there(Kind.STARTED, bob);
        String most = crowd(4_999) + ",\"" + bob + "\"]";

        ask(TestTokens.internal("push"), most, "")
                .statusCode(200)
                .body("users", hasSize(5_000))
                .body("users[0].status", equalTo("offline"))
                .body("users[4999].user", equalTo(bob))
                .body("users[4999].status", equalTo("online"));
        ask(TestTokens.internal("push"), most, ",\"shown\":false").statusCode(200);
        for (String refused :
                List.of(crowd(5_001) + "]", crowd(101) + "],\"shown\":true", crowd(101) + "],\"viewer\":\"x\"")) {
            ask(TestTokens.internal("push"), refused, "")
                    .statusCode(400)
                    .contentType(PROBLEM)
                    .body("code", equalTo("bad_request"))
                    .body("detail", equalTo("users: must be 1 to 100 users, or up to 5000 without viewer and shown"));
        }
        ask(TestTokens.internal("push"), crowd(100) + "]", ",\"shown\":true").statusCode(200);
    }

    /** The start of a body that asks for that many users. */
    private static String crowd(int users) {
        return IntStream.range(0, users).mapToObj(i -> "\"crowd-" + i + "\"").collect(joining(",", "\"users\":[", ""));
    }

    @Test
    void aMemberSeesWhoOfTheChannelIsThere() {
        there(Kind.STARTED, bob);
        there(Kind.AWAY, carol);

        as(alice)
                .get("/v1/channels/group:with:" + alice + ":" + bob + ":" + carol + "/presence")
                .then()
                .statusCode(200)
                .body("online", equalTo(2))
                .body("users.user", contains(bob, carol))
                .body("users.status", contains("online", "away"))
                .body("partial", nullValue());
    }

    @Test
    void aChannelOfManyPagesIsCountedWholeAndNamesTheFirstOnly() {
        IntStream.rangeClosed(1, 450).forEach(i -> send(Kind.STARTED, "member-" + i));
        await().atMost(PATIENCE)
                .until(() -> IntStream.rangeClosed(1, 450).allMatch(i -> status("member-" + i) == Status.ONLINE));

        as(alice)
                .get("/v1/channels/group:crowd/presence")
                .then()
                .statusCode(200)
                .body("online", equalTo(450))
                .body("users", hasSize(200))
                .body("users[0].user", equalTo("member-1"));
    }

    @Test
    void whoMayNotSeeTheChannelIsRefused() {
        for (String channel : List.of("group:with:" + bob, "group:shut")) {
            as(alice)
                    .get("/v1/channels/" + channel + "/presence")
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("forbidden"));
        }
    }

    @Test
    void aGrantOfTheTokenOpensAChannel() {
        there(Kind.STARTED, bob);

        given().auth()
                .oauth2(TestTokens.withChannels(alice, "[{\"channel\":\"group:with:*\",\"can\":[\"subscribe\"]}]"))
                .get("/v1/channels/group:with:" + bob + "/presence")
                .then()
                .statusCode(200)
                .body("online", equalTo(1));
    }

    @Test
    void aBackEndSeesEveryChannel() {
        there(Kind.STARTED, bob);

        given().auth()
                .oauth2(TestTokens.server("backend"))
                .get("/v1/channels/group:with:" + bob + ":" + carol + "/presence")
                .then()
                .statusCode(200)
                .body("online", equalTo(1));
    }

    @Test
    void aChannelThatIsNotThereOrShowsNoPresenceIsNotFound() {
        as(alice).get("/v1/channels/group:none/presence").then().statusCode(404).body("code", equalTo("not_found"));
        as(alice).get("/v1/channels/room:quiet/presence").then().statusCode(404).body("code", equalTo("not_found"));
    }

    @Test
    void aBrokenChannelNameIsABadRequest() {
        as(alice).get("/v1/channels/nocolon/presence").then().statusCode(400).body("code", equalTo("bad_request"));
    }

    @Test
    void whileMessageServiceIsAwayTheChannelIsUnavailable() {
        as(alice)
                .get("/v1/channels/group:broken/presence")
                .then()
                .statusCode(503)
                .contentType(PROBLEM)
                .header("Retry-After", "1")
                .body("code", equalTo("unavailable"))
                .body("retryable", equalTo(true));
    }

    @Test
    void healthAndMetricsAreThere() {
        there(Kind.STARTED, bob);

        given().get(management.resolve("/q/health/ready")).then().statusCode(200);
        given().get(management.resolve("/q/health/group/engines"))
                .then()
                .statusCode(200)
                .body("checks.name", containsInAnyOrder("Kafka", "Redis"));
        String metrics = given().get(management.resolve("/q/metrics")).asString();
        assertThat(metrics)
                .contains(
                        "dunlin_presence_online",
                        "dunlin_presence_changes_total",
                        "dunlin_presence_swept_sessions_total",
                        "kafka_consumer_fetch_manager_records_consumed_total");
        assertThat(new Exposition(metrics).undescribed()).isEmpty();
    }

    private static RequestSpecification as(String user) {
        return given().auth().oauth2(TestTokens.user(user));
    }

    private String manyUsers(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> "user=u" + i)
                .reduce((a, b) -> a + "&" + b)
                .orElseThrow();
    }

    private ValidatableResponse ask(String token, String users) {
        return ask(token, "\"users\":" + users, "");
    }

    private ValidatableResponse ask(String token, String users, String more) {
        return given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body("{" + users + more + "}")
                .post(management.resolve("/internal/presence"))
                .then();
    }

    @BeforeEach
    void known() {
        sessions = new SessionProducer(kafka);
        await().atMost(PATIENCE)
                .until(() -> Stream.of(alice, bob, carol).noneMatch(user -> status(user) == Status.UNKNOWN));
    }

    @AfterEach
    void disconnect() {
        sessions.close();
    }

    private void there(Kind kind, String user) {
        send(kind, user);
        await().atMost(PATIENCE).until(() -> status(user) != Status.OFFLINE);
    }

    private void send(Kind kind, String user) {
        send(kind, user, Instant.now());
    }

    private void send(Kind kind, String user, Instant at) {
        sessions.send(kind, new UserId(user), new SessionId("session-" + suffix), new NodeId("node-" + suffix), at);
    }

    private Status status(String user) {
        return statuses.find(List.of(new UserId(user)))
                .getFirst()
                .real(Instant.now())
                .status();
    }
}
