package dev.dunlin.push.device;

import static dev.dunlin.push.world.World.as;
import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.PushEndpoint;
import dev.dunlin.push.world.World;
import dev.dunlin.push.world.WorldResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "push"))
@WithTestResource(WorldResource.class)
class DeviceResourceIT {
    private static final String DEVICES = "/v1/devices";

    @SuppressWarnings("NullAway.Init") // set by WorldResource
    World world;

    @Test
    void aWebhookWithoutASecretGetsOneOnce() {
        String id = as("dora")
                .body("""
                        {"kind":"webhook","url":"http://localhost:9/hook"}""")
                .post(DEVICES)
                .then()
                .statusCode(201)
                .body("kind", equalTo("webhook"))
                .body("url", equalTo("http://localhost:9/hook"))
                .body("secret", matchesPattern("[\\w-]{43}"))
                .body("createdAt", notNullValue())
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
    void theSameEndpointAgainIsTheSameDevice() {
        String body = """
                {"kind":"webhook","url":"http://localhost:9/again","secret":"sixteen bytes or more","prefs":{"badge":true}}""";
        String id = as("erik")
                .body(body)
                .post(DEVICES)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        as("erik")
                .body(body.replace(",\"prefs\":{\"badge\":true}", ""))
                .post(DEVICES)
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("prefs.badge", equalTo(true))
                .body("secret", nullValue());
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
                        {"kind":"webhook","url":"http://localhost:9/hal"}""")
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
                        {"kind":"webhook","url":"http://localhost:9/jon","prefs":{"badge":true}}""")
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
                    .body("{\"kind\":\"webhook\",\"url\":\"http://localhost:9/" + i + "\"}")
                    .post(DEVICES)
                    .then()
                    .statusCode(201);
        }
        as("kim")
                .body("{\"kind\":\"webhook\",\"url\":\"http://localhost:9/3\"}")
                .post(DEVICES)
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | kind: must be webhook or webpush",
                "{\"kind\":\"pigeon\"} | kind: must be webhook or webpush",
                "{\"kind\":\"apns\"} | apns is not available yet",
                "{\"kind\":\"fcm\"} | fcm is not available yet",
                "{\"kind\":\"webhook\"} | url: is required",
                "{\"kind\":\"webhook\",\"url\":\"ftp://x.example/\"} | url: must be an absolute https URL",
                "{\"kind\":\"webhook\",\"url\":\"https://no-such-host.invalid/\"} | url: must be a URL of a host that can be resolved",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost/\",\"secret\":\"short\"} | secret: must be 16 to 256 bytes",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost:65536/\"} | url: must be a URL with a port from 1 to 65535",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost:0/\"} | url: must be a URL with a port from 1 to 65535",
                "{\"kind\":\"webpush\",\"subscription\":{\"endpoint\":\"http://localhost:65536/\",\"keys\":{\"p256dh\":\"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4\",\"auth\":\"BTBZMqHH6r4Tts7J_aSIgg\"}}} | subscription.endpoint: must be a URL with a port from 1 to 65535",
                "{\"kind\":\"webhook\",\"url\":[]} | url: must be a string",
                "{\"kind\":\"webpush\"} | subscription: must be",
                "{\"kind\":\"webpush\",\"subscription\":{\"endpoint\":\"http://localhost/\",\"keys\":{\"p256dh\":\"AAAA\",\"auth\":\"AAAA\"}}} | p256dh",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost/\",\"prefs\":{\"quietHours\":{\"from\":\"9\"}}} | prefs.quietHours",
                "{\"kind\":\"webhook\",\"url\":\"http://localhost/\",\"prefs\":{\"muted\":{\"eng\":1}}} | muted",
                "[] | must be",
                "{ | not JSON"
            })
    void whatIsWrongIsNamed(String body, String detail) {
        as("lea")
                .body(body)
                .post(DEVICES)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("bad_request"))
                .body("detail", containsString(detail.strip()));
    }

    @Test
    void theDevicesOfAUserAreBoundedTogether() {
        String large = IntStream.range(0, 600)
                .mapToObj(i -> "\"group:" + "x".repeat(100) + i + "\":true")
                .collect(joining(",", "{\"muted\":{", "}}"));
        String first = register("max", 1, large).statusCode(201).extract().path("id");
        register("max", 2, large).statusCode(201);
        register("max", 3, large)
                .statusCode(413)
                .body("code", equalTo("too_large"))
                .body("detail", containsString("at most 200000 bytes"));
        register("max", 2, large).statusCode(200);
        String third = register("max", 3, "{}").statusCode(201).extract().path("id");
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
        register("ned", 1, large).statusCode(201);
    }

    private static ValidatableResponse register(String user, int hook, String prefs) {
        return as(user).body(
                        "{\"kind\":\"webhook\",\"url\":\"http://localhost:9/" + hook + "\",\"prefs\":" + prefs + "}")
                .post(DEVICES)
                .then();
    }

    @Test
    void whoHasNoTokenGetsNothing() {
        given().get(DEVICES).then().statusCode(401).body("code", equalTo("unauthenticated"));
        given().get("/v1/push/vapid-public-key").then().statusCode(401);
    }
}
