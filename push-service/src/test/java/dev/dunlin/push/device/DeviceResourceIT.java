package dev.dunlin.push.device;

import static dev.dunlin.push.world.World.as;
import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.PushEndpoint;
import dev.dunlin.push.world.World;
import dev.dunlin.push.world.WorldResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "push"))
@WithTestResource(WorldResource.class)
class DeviceResourceIT {
    private static final String DEVICES = "/v1/devices";

    @SuppressWarnings("NullAway.Init") // set by WorldResource
    World world;

    @Test
    void aWebhookWithoutASecretGetsOneOnce() {
        String url = world.push().hookWithoutSecret().url();
        String id = as("dora")
                .body(webhook(url))
                .post(DEVICES)
                .then()
                .statusCode(201)
                .body("kind", equalTo("webhook"))
                .body("url", equalTo(url))
                .body("verified", equalTo(true))
                .body("secret", matchesPattern("[\\w-]{43}"))
                .body("createdAt", notNullValue())
                .body("seenAt", notNullValue())
                .body("disabled", nullValue())
                .extract()
                .path("id");
        as("dora")
                .get(DEVICES)
                .then()
                .statusCode(200)
                .body("devices", hasSize(1))
                .body("devices[0].id", equalTo(id))
                .body("devices[0].secret", nullValue());
    }

    @Test
    void theSameEndpointAgainIsTheSameDeviceAndNotAskedAgain() {
        PushEndpoint.Hook hook = world.push().hook("sixteen bytes or more");
        String body = """
                {"kind":"webhook","url":"%s","secret":"%s","prefs":{"badge":true},"app":"a"}""".formatted(hook.url(), hook.secret());
        String id = as("erik")
                .body(body)
                .post(DEVICES)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        int challenges = world.push().challenges();
        as("erik")
                .body(body.replace(",\"prefs\":{\"badge\":true},\"app\":\"a\"", ",\"platform\":\"linux\""))
                .post(DEVICES)
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("prefs.badge", equalTo(true))
                .body("app", equalTo("a"))
                .body("platform", equalTo("linux"))
                .body("verified", equalTo(true))
                .body("secret", nullValue());
        assertThat(world.push().challenges()).isEqualTo(challenges);
    }

    @Test
    void aWebhookThatDoesNotRepeatTheChallengeIsNotRegistered() {
        PushEndpoint.Hook hook = world.push().hook("another secret than that");
        String wrong = webhook(hook.url()).replace("}", ",\"secret\":\"not the one it knows\"}");
        as("finn")
                .body(wrong)
                .post(DEVICES)
                .then()
                .statusCode(400)
                .body("detail", equalTo("url: did not repeat the challenge (status 400)"));
        as("finn")
                .body(webhook(world.push().origin() + "/nobody"))
                .post(DEVICES)
                .then()
                .statusCode(400)
                .body("detail", equalTo("url: did not repeat the challenge (status 410)"));
        as("finn")
                .body(webhook("http://localhost:9/"))
                .post(DEVICES)
                .then()
                .statusCode(400)
                .body("detail", equalTo("url: did not repeat the challenge (no answer)"));
        as("finn").get(DEVICES).then().body("devices", empty());
    }

    @Test
    void aNewSecretIsANewChallenge() {
        PushEndpoint.Hook hook = world.push().hookWithoutSecret();
        String first = as("gina")
                .body(webhook(hook.url()))
                .post(DEVICES)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        int challenges = world.push().challenges();
        as("gina")
                .body(webhook(hook.url()))
                .post(DEVICES)
                .then()
                .statusCode(200)
                .body("id", equalTo(first))
                .body("secret", matchesPattern("[\\w-]{43}"));
        assertThat(world.push().challenges()).isGreaterThan(challenges);
    }

    @Test
    void aBrowserIsItsNewestUsers() throws Exception {
        String key = as("fay")
                .get("/v1/push/vapid-public-key")
                .then()
                .statusCode(200)
                .extract()
                .path("key");
        PushEndpoint.Browser browser = world.push().browser(key);
        String body = "{\"kind\":\"webpush\",\"subscription\":" + browser.json() + "}";
        as("fay")
                .body(body)
                .post(DEVICES)
                .then()
                .statusCode(201)
                .body("origin", equalTo(world.push().origin()))
                .body("url", nullValue());
        as("gus").body(body).post(DEVICES).then().statusCode(201);
        as("fay").get(DEVICES).then().body("devices", empty());
    }

    @Test
    void aDeviceIsRemovedByItsUserOnly() {
        String id = as("hal")
                .body("""
                        {"kind":"webhook","url":"%s"}""".formatted(world.push().hookWithoutSecret().url()))
                .post(DEVICES)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        as("ida").delete(DEVICES + "/" + id).then().statusCode(404).body("code", equalTo("not_found"));
        as("hal").delete(DEVICES + "/" + id).then().statusCode(204);
        as("hal").delete(DEVICES + "/" + id).then().statusCode(404);
        as("hal").delete(DEVICES + "/nonsense").then().statusCode(404);
    }

    @Test
    void preferencesAreReplaced() {
        String id = as("jon")
                .body("""
                        {"kind":"webhook","url":"%s","prefs":{"badge":true}}""".formatted(world.push().hookWithoutSecret().url()))
                .post(DEVICES)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        as("jon")
                .body("""
                        {"prefs":{"muted":{"group:eng":true}}}""")
                .patch(DEVICES + "/" + id)
                .then()
                .statusCode(200)
                .body("prefs.muted.'group:eng'", equalTo(true))
                .body("prefs.badge", nullValue());
        as("jon").body("{}").patch(DEVICES + "/" + id).then().statusCode(400).body("detail", containsString("prefs"));
    }

    @Test
    void thereIsALimit() {
        for (int i = 0; i < 3; i++) {
            as("kim")
                    .body(webhook(world.push().hookWithoutSecret().url()))
                    .post(DEVICES)
                    .then()
                    .statusCode(201);
        }
        as("kim")
                .body(webhook(world.push().hookWithoutSecret().url()))
                .post(DEVICES)
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"));
    }

    @Test
    void theKeyOfASubscriptionIsThatWhichTheBrowserNames() throws Exception {
        String key = as("nora")
                .get("/v1/push/vapid-public-key")
                .then()
                .statusCode(200)
                .extract()
                .path("key");
        PushEndpoint.Browser browser = world.push().browser(key);
        String subscription = browser.json();
        as("nora")
                .body("{\"kind\":\"webpush\",\"key\":\"AAAA\",\"subscription\":" + subscription + "}")
                .post(DEVICES)
                .then()
                .statusCode(400)
                .body("detail", startsWith("key: must be a key of this server"));
        String named = subscription.replaceFirst("\\{", "{\"applicationServerKey\":\"" + key + "=\",");
        String id = as("nora").get("/v1/push/vapid-public-key").then().extract().path("id");
        as("nora")
                .body("{\"kind\":\"webpush\",\"subscription\":" + named + "}")
                .post(DEVICES)
                .then()
                .statusCode(201)
                .body("key", equalTo(id));
    }

    @Test
    void theDevicesOfAUserAreBoundedTogether() {
        String large = IntStream.range(0, 600)
                .mapToObj(i -> "\"group:" + "x".repeat(100) + i + "\":true")
                .collect(joining(",", "{\"muted\":{", "}}"));
        List<PushEndpoint.Hook> hooks = Stream.generate(() -> world.push().hook("a secret of sixteen bytes or more"))
                .limit(4)
                .toList();
        String first =
                register("max", hooks.get(0), large).statusCode(201).extract().path("id");
        register("max", hooks.get(1), large).statusCode(201);
        register("max", hooks.get(2), large)
                .statusCode(413)
                .body("code", equalTo("too_large"))
                .body("detail", containsString("at most 200000 bytes"));
        register("max", hooks.get(1), large).statusCode(200);
        String third =
                register("max", hooks.get(2), "{}").statusCode(201).extract().path("id");
        as("max")
                .body("{\"prefs\":" + large + "}")
                .patch(DEVICES + "/" + third)
                .then()
                .statusCode(413);
        as("max")
                .body("{\"prefs\":" + large + "}")
                .patch(DEVICES + "/" + first)
                .then()
                .statusCode(200);
        register("ned", hooks.get(3), large).statusCode(201);
    }

    private static ValidatableResponse register(String user, PushEndpoint.Hook hook, String prefs) {
        return as(user).body("""
                        {"kind":"webhook","url":"%s","secret":"%s","prefs":%s}""".formatted(hook.url(), hook.secret(), prefs))
                .post(DEVICES)
                .then();
    }

    private static String webhook(String url) {
        return "{\"kind\":\"webhook\",\"url\":\"" + url + "\"}";
    }

    @Test
    void whoHasNoTokenGetsNothing() {
        given().get(DEVICES).then().statusCode(401).body("code", equalTo("unauthenticated"));
        given().get("/v1/push/vapid-public-key").then().statusCode(401);
    }
}
