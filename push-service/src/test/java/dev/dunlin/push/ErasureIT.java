package dev.dunlin.push;

import static dev.dunlin.push.world.World.as;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;

import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.PushEndpoint;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.kafka.Topics;
import dev.dunlin.push.world.World;
import dev.dunlin.push.world.WorldResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** From a record that a user was erased to devices that are no more. */
@QuarkusTest
@WithTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "push"))
@WithTestResource(WorldResource.class)
class ErasureIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @SuppressWarnings("NullAway.Init") // set by WorldResource
    World world;

    @Test
    void anErasedUserHasNoDevicesAndIsNotNotifiedAndOthersAre() {
        world.peers().channel("group:erased", "alice", "erased", "kept");
        PushEndpoint.Hook erased = world.hookOf("erased", "{\"muted\":{\"group:other\":true}}");
        world.browserOf("erased");
        PushEndpoint.Hook kept = world.hookOf("kept", "{}");

        world.events().erased("erased");

        awaitNoDevices("erased");
        as("kept").get("/v1/devices").then().body("devices", hasSize(1));
        world.events().message("group:erased", 1, "alice", "who is left?");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(world.push().received(kept)).hasSize(1));
        assertThat(world.push().received(erased)).isEmpty();
    }

    @Test
    void aRecordThatComesAgainHarmsNobodyAndOneThatNobodyCanReadIsPassedOver() {
        world.hookOf("again", "{}");
        world.hookOf("bystander", "{}");
        world.events().erased("again");
        awaitNoDevices("again");

        world.events().erased("again");
        // under the same key, so after it
        world.events().send(Topics.USER_EVENTS, "again", new byte[] {'{'}, new TraceId(1, 1));
        byte[] unknown = "{\"type\":\"user_renamed\",\"user\":\"bystander\",\"at\":1}".getBytes(UTF_8);
        world.events().send(Topics.USER_EVENTS, "again", unknown, new TraceId(1, 1));
        world.hookOf("last", "{}");
        byte[] last = "{\"type\":\"user_erased\",\"user\":\"last\",\"at\":1}".getBytes(UTF_8);
        world.events().send(Topics.USER_EVENTS, "again", last, new TraceId(1, 1));

        awaitNoDevices("last");
        as("bystander").get("/v1/devices").then().body("devices", hasSize(1));
    }

    private static void awaitNoDevices(String user) {
        await().atMost(SOON)
                .untilAsserted(() -> as(user).get("/v1/devices").then().body("devices", empty()));
    }
}
