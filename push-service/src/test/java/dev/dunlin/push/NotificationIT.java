package dev.dunlin.push;

import static dev.dunlin.push.world.World.as;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.engines.testing.EnginesTestResource;
import dev.dunlin.engines.testing.Exposition;
import dev.dunlin.engines.testing.PushEndpoint;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.push.postgres.Database;
import dev.dunlin.push.schedule.Pending;
import dev.dunlin.push.world.World;
import dev.dunlin.push.world.WorldResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = EnginesTestResource.class, initArgs = @ResourceArg(name = "database", value = "push"))
@WithTestResource(WorldResource.class)
class NotificationIT {
    @TestHTTPResource(value = "/", management = true)
    @SuppressWarnings("NullAway.Init")
    URI management;

    private static final Duration SOON = Duration.ofSeconds(20);

    @SuppressWarnings("NullAway.Init") // set by WorldResource
    World world;

    @Inject
    Pending pending;

    @Inject
    Database database;

    @Test
    void whoIsOfflineIsNotifiedOnEachDeviceAndWhoIsOnlineIsNot() throws InvalidInput {
        world.peers().channel("group:both", "alice", "bob", "carol");
        world.peers().online("carol");
        PushEndpoint.Browser browser = world.browserOf("bob");
        PushEndpoint.Hook hook = world.hookOf("bob", "{\"badge\":true}");
        PushEndpoint.Hook senders = world.hookOf("alice", "{}");
        PushEndpoint.Hook present = world.hookOf("carol", "{}");

        TraceId trace = new TraceId(77, 78);
        long ts = Clock.systemUTC().millis();
        world.events().message("group:both", 5, "alice", "lunch?", ts, trace);

        JsonNode byBrowser = Json.parse(awaitOne(browser).json().getBytes(UTF_8));
        assertThat(byBrowser).isEqualTo(Json.parse("""
                {"type":"notification","user":"bob","channel":"group:both","seq":5,"id":"m5","from":"alice","ts":%d,"data":"lunch?"}""".formatted(ts).getBytes(UTF_8)));
        PushEndpoint.Received byHook = awaitOne(hook);
        assertThat(byHook.json()).contains("\"unread\":5", "\"data\":\"lunch?\"");
        assertThat(TraceId.parse(byHook.header("traceparent"))).contains(trace);
        assertThat(world.push().received(present)).isEmpty();
        assertThat(world.push().received(senders)).isEmpty();
        assertThat(world.push().complaints()).isEmpty();
        await().atMost(SOON)
                .untilAsserted(() -> given().get(management.resolve("/q/metrics"))
                        .then()
                        .body(Matchers.containsString(
                                "dunlin_push_notifications_total{kind=\"webpush\",outcome=\"delivered\"}"))
                        .body(Matchers.containsString("dunlin_push_pending"))
                        .body(Matchers.containsString("kafka_consumer_fetch_manager_records_consumed_total")));
        given().get(management.resolve("/q/health/group/engines"))
                .then()
                .statusCode(200)
                .body("checks.name", Matchers.containsInAnyOrder("Kafka", "PostgreSQL"));
        assertThat(new Exposition(given().get(management.resolve("/q/metrics")).asString()).undescribed())
                .isEmpty();
    }

    @Test
    void aReadMarkCancelsWhatWaits() {
        world.peers().channel("group:read", "alice", "reader");
        PushEndpoint.Hook hook = world.hookOf("reader", "{}");
        world.events().message("group:read", 1, "alice", "one");
        world.events().message("group:read", 2, "alice", "two");
        world.events().read("group:read", "reader", 2);
        world.events().message("group:read", 3, "alice", "three");
        assertThat(awaitOne(hook).json()).contains("\"seq\":3");
        await().atMost(SOON).until(() -> pending.count() == 0);
        assertThat(world.push().received(hook)).hasSize(1);
    }

    @Test
    void whoComesBackInTimeIsNotNotified() {
        world.peers().channel("group:back", "alice", "back", "away");
        world.peers().comesBack("back");
        PushEndpoint.Hook back = world.hookOf("back", "{}");
        PushEndpoint.Hook away = world.hookOf("away", "{}");
        world.events().message("group:back", 1, "alice", "one");
        awaitOne(away);
        await().atMost(SOON).until(() -> pending.count() == 0);
        assertThat(world.push().received(back)).isEmpty();
    }

    @Test
    void nobodyIsNotifiedWhoIsPerhapsOnline() {
        world.peers().channel("group:perhaps", "alice", "perhaps", "gone");
        world.peers().unknown("perhaps");
        PushEndpoint.Hook perhaps = world.hookOf("perhaps", "{}");
        PushEndpoint.Hook gone = world.hookOf("gone", "{}");
        world.events().message("group:perhaps", 1, "alice", "one");
        awaitOne(gone);
        assertThat(world.push().received(perhaps)).isEmpty();
        assertThat(waiting("perhaps")).isEqualTo(1);
        world.peers().known("perhaps");
        awaitOne(perhaps);
    }

    @Test
    void aMutedChannelAndQuietHoursAreSilent() {
        world.peers().channel("group:quiet", "alice", "muted", "quiet", "loud");
        PushEndpoint.Hook muted = world.hookOf("muted", "{\"muted\":{\"group:quiet\":true}}");
        PushEndpoint.Hook quiet =
                world.hookOf("quiet", "{\"quietHours\":{\"from\":\"00:00\",\"to\":\"00:00\",\"zone\":\"UTC\"}}");
        PushEndpoint.Hook loud = world.hookOf("loud", "{\"muted\":{\"group:other\":true}}");
        world.events().message("group:quiet", 1, "alice", "psst");
        awaitOne(loud);
        await().atMost(SOON).until(() -> pending.count() == 0);
        assertThat(world.push().received(muted)).isEmpty();
        assertThat(world.push().received(quiet)).isEmpty();
    }

    @Test
    void aDeviceThatIsGoneIsRemoved() {
        world.peers().channel("group:gone", "alice", "leaver");
        PushEndpoint.Browser browser = world.browserOf("leaver");
        world.push().remove(browser);
        world.events().message("group:gone", 1, "alice", "hello?");
        await().atMost(SOON)
                .untilAsserted(() -> as("leaver").get("/v1/devices").then().body("devices", Matchers.empty()));
    }

    @Test
    void aDeliveryThatFailedIsTriedAgain() {
        world.peers().channel("group:busy", "alice", "busy");
        PushEndpoint.Hook hook = world.hookOf("busy", "{}");
        world.push().refuse(hook, 2);
        world.events().message("group:busy", 1, "alice", "again");
        assertThat(awaitOne(hook).json()).contains("again");
    }

    @Test
    void anEventThatComesAgainNotifiesOnce() {
        world.peers().channel("group:twice", "alice", "once");
        PushEndpoint.Hook hook = world.hookOf("once", "{}");
        world.events().message("group:twice", 1, "alice", "hi");
        world.events().message("group:twice", 1, "alice", "hi");
        awaitOne(hook);
        world.events().message("group:twice", 1, "alice", "hi");
        world.events().message("group:twice", 2, "alice", "two");
        await().atMost(SOON).until(() -> world.push().received(hook).size() >= 2);
        assertThat(world.push().received(hook))
                .extracting(PushEndpoint.Received::json)
                .satisfiesExactly(
                        one -> assertThat(one).contains("\"seq\":1"),
                        two -> assertThat(two).contains("\"seq\":2"));
    }

    @Test
    void aNewMemberIsNotifiedFromThenOn() {
        world.peers().channel("group:join", "alice", "early");
        PushEndpoint.Hook early = world.hookOf("early", "{}");
        PushEndpoint.Hook late = world.hookOf("late", "{}");
        world.events().message("group:join", 1, "alice", "one");
        awaitOne(early);
        world.peers().channel("group:join", "alice", "early", "late");
        world.events().joined("group:join", 2, "late");
        world.events().message("group:join", 3, "alice", "three");
        assertThat(awaitOne(late).json()).contains("\"seq\":3");
    }

    @Test
    void otherChannelsOldMessagesAndBrokenRecordsNotifyNobody() {
        world.peers().channel("room:lobby", "alice", "calm");
        world.peers().channel("group:calm", "alice", "calm");
        PushEndpoint.Hook hook = world.hookOf("calm", "{}");
        world.events().message("room:lobby", 1, "alice", "no push here");
        world.events().message("group:calm", 1, "alice", "yesterday", 1_000, new TraceId(1, 1));
        world.events().send("group:calm", new byte[] {'{'}, new TraceId(1, 1));
        world.events().message("group:nobody", 1, "alice", "a channel that is gone");
        world.events().message("group:calm", 2, "alice", "today");
        assertThat(awaitOne(hook).json()).contains("today");
        await().atMost(SOON).until(() -> pending.count() == 0);
        assertThat(world.push().received(hook)).hasSize(1);
    }

    @Test
    void aBackEndThatIsNoMemberNotifiesToo() {
        world.peers().channel("group:server", "someone");
        PushEndpoint.Hook hook = world.hookOf("someone", "{}");
        world.events().message("group:server", 1, "billing", "your invoice");
        assertThat(awaitOne(hook).json()).contains("\"from\":\"billing\"");
    }

    @Test
    void whileAnotherServiceIsAwayEventsAreHeldAndNotLost() {
        world.peers().channel("group:held", "alice", "patient");
        PushEndpoint.Hook hook = world.hookOf("patient", "{}");
        world.peers().down(true);
        try {
            world.events().message("group:held", 1, "alice", "still here");
            await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> pending.count() == 0);
        } finally {
            world.peers().down(false);
        }
        assertThat(awaitOne(hook).json()).contains("still here");
    }

    @Test
    void aMessageThatWasEditedMeanwhileIsSentAsItIsNow() {
        world.peers().channel("group:edited", "alice", "editee");
        PushEndpoint.Hook hook = world.hookOf("editee", "{}");
        world.events().message("group:edited", 1, "alice", "teh old text");
        world.peers().says("group:edited", 1, "the new text");
        assertThat(awaitOne(hook).json()).contains("the new text").doesNotContain("old");
    }

    @Test
    void aMessageThatIsGoneOrThatItsReaderMayNotReadAnyMoreIsNotSent() {
        world.peers().channel("group:left", "alice", "leaves", "stays");
        PushEndpoint.Hook leaves = world.hookOf("leaves", "{}");
        PushEndpoint.Hook stays = world.hookOf("stays", "{}");
        world.events().message("group:left", 1, "alice", "taken back");
        world.events().message("group:left", 2, "alice", "for those who stay");
        await().atMost(SOON).until(() -> waiting("leaves") + waiting("stays") == 2);
        world.peers().takesBack("group:left", 1);
        world.peers().channel("group:left", "alice", "stays");
        assertThat(awaitOne(stays).json()).contains("\"seq\":2");
        await().atMost(SOON).until(() -> pending.count() == 0);
        assertThat(world.push().received(stays)).hasSize(1);
        assertThat(world.push().received(leaves)).isEmpty();
    }

    @Test
    void whileMessageServiceIsUnreachableWhatIsDueWaitsAndIsThenSentAsItIsByThen() {
        world.peers().channel("group:dark", "alice", "waiting");
        PushEndpoint.Hook hook = world.hookOf("waiting", "{}");
        world.events().message("group:dark", 1, "alice", "before");
        await().atMost(SOON).until(() -> waiting("waiting") == 1);
        world.peers().down(true);
        try {
            world.peers().says("group:dark", 1, "after");
            await().during(Duration.ofSeconds(3))
                    .atMost(SOON)
                    .until(() -> world.push().received(hook).isEmpty());
        } finally {
            world.peers().down(false);
        }
        assertThat(awaitOne(hook).json()).contains("after");
    }

    /** Of how many channels something waits for a device of the user. */
    private int waiting(String user) {
        return database.transact(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select count(*) from push_pending where user_id = ? and due_at is not null")) {
                select.setString(1, user);
                try (ResultSet rows = select.executeQuery()) {
                    rows.next();
                    return rows.getInt(1);
                }
            }
        });
    }

    private PushEndpoint.Received awaitOne(PushEndpoint.Device device) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(world.push().received(device))
                        .as("complaints: %s", world.push().complaints())
                        .isNotEmpty());
        List<PushEndpoint.Received> received = world.push().received(device);
        return received.getFirst();
    }
}
