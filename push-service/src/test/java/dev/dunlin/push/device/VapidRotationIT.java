package dev.dunlin.push.device;

import static dev.dunlin.push.world.World.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.PushEndpoint;
import dev.dunlin.push.config.PushConfig;
import dev.dunlin.push.delivery.webpush.Pems;
import dev.dunlin.push.world.World;
import dev.dunlin.push.world.WorldResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A new key among the VAPID keys of a running service. */
@QuarkusTest
@WithTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "push"))
@WithTestResource(WorldResource.class)
class VapidRotationIT {
    private static final String DEVICES = "/v1/devices";
    private static final String KEY = "/v1/push/vapid-public-key";
    /** The directory is looked at every 10 s. */
    private static final Duration SOON = Duration.ofSeconds(30);

    @SuppressWarnings("NullAway.Init") // set by WorldResource
    World world;

    @TestHTTPResource(value = "/", management = true)
    @SuppressWarnings("NullAway.Init")
    URI management;

    @Inject
    @SuppressWarnings("NullAway.Init")
    PushConfig config;

    @Test
    void aSubscriptionKeepsItsKeyAndNewOnesGetTheNewKey() throws Exception {
        String oldKey = as("petra").get(KEY).then().extract().path("key");
        String oldId = as("petra").get(KEY).then().extract().path("id");
        PushEndpoint.Browser before = world.push().browser(oldKey);
        register("petra", before).statusCode(201).body("key", equalTo(oldId));

        Path directory = config.vapid().keys().orElseThrow();
        Files.writeString(directory.resolve("2026-02.pem"), Pems.of(Pems.newKeyPair()));

        await().atMost(SOON).untilAsserted(() -> as("petra").get(KEY).then().body("id", equalTo("2026-02")));
        String newKey = as("petra").get(KEY).then().extract().path("key");
        assertThat(newKey).isNotEqualTo(oldKey);
        // the same subscription, also of another user, does not become one of the new key
        register("petra", before).statusCode(200).body("key", equalTo(oldId));
        register("quinn", before).statusCode(201).body("key", equalTo(oldId));
        register("petra", world.push().browser(newKey)).statusCode(201).body("key", equalTo("2026-02"));
        RestAssured.given()
                .get(management.resolve("/q/metrics"))
                .then()
                .body(containsString("dunlin_push_key_age_seconds{key=\"vapid:2026-02\"}"))
                .body(containsString("dunlin_push_key_age_seconds{key=\"vapid:" + oldId + "\"}"))
                .body(containsString("dunlin_push_key_age_seconds{key=\"vapid:default\"}"));
    }

    private static ValidatableResponse register(String user, PushEndpoint.Browser browser) {
        return as(user).body("{\"kind\":\"webpush\",\"subscription\":" + browser.json() + "}")
                .post(DEVICES)
                .then();
    }
}
