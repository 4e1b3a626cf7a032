package dev.dunlin.push.schedule.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.push.decision.Content;
import dev.dunlin.push.decision.Reason;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.presence.Standing;
import dev.dunlin.push.schedule.Dispatcher;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deliveries from a real database, some of them of rows that this version would not write. */
class DispatcherIT {
    private final DispatcherWorld world;

    DispatcherIT() throws IOException, SQLException {
        this.world = new DispatcherWorld("push_dispatcher");
    }

    @AfterEach
    void stop() throws InterruptedException {
        world.stop();
    }

    @Test
    void rowsThatBreakARuleFailForGoodOnceAndTheOthersAreDelivered() throws SQLException, InterruptedException {
        for (String user : List.of("port", "url", "keys", "prefs", "id", "fine")) {
            world.waiting(user, "https://hook.example/" + user, 1);
        }
        world.database.execute("update device set endpoint = 'https://hook.example:70000/' where user_id = 'port'");
        world.database.execute("update device set endpoint = 'no url' where user_id = 'url'");
        world.database.execute(
                "update device set kind = 'webpush', secret = null, p256dh = 'AAAA', auth = 'AAAA' where user_id = 'keys'");
        world.database.execute("update device set prefs = '{\"muted\":{\"eng\":1}}' where user_id = 'prefs'");
        world.database.execute("update push_pending set epoch = '' where user_id = 'id'");
        Dispatcher dispatcher = world.dispatcher();
        world.run(dispatcher);
        assertThat(world.fates.byUser.get("fine")).isEqualTo("shown 1");
        for (String user : List.of("port", "url", "keys", "prefs")) {
            assertThat(world.fates.byUser.get(user)).as(user).startsWith("rejected: ");
        }
        assertThat(world.fates.unreadable).hasSize(1);
        assertThat(world.sent).containsExactly("fine 1 of 1");
        assertThat(world.dead).hasSize(4);
        assertThat(world.pending.count()).isZero();
    }

    @Test
    void aFailureOfOursIsTriedAgainAndThenGivenUp() throws InterruptedException {
        world.waiting("broken", "https://hook.example/", 1);
        Dispatcher dispatcher = world.dispatcher();
        for (int i = 0; i < DispatcherWorld.TRIES; i++) {
            world.run(dispatcher);
            world.clock.advance(Duration.ofMinutes(5));
        }
        assertThat(world.fates.byUser.get("broken")).startsWith("retried: ").contains("given_up: ");
        assertThat(world.dead).containsExactly("given_up");
        assertThat(world.pending.count()).isZero();
    }

    @Test
    void theNewestMessageThatMayBeReadIsShownAndWhatNobodyMayReadIsNot() throws InterruptedException {
        world.contents.put(3L, new Content.Unreadable(Reason.DELETED));
        world.contents.put(2L, new Content.Unreadable(Reason.BLOCKED));
        world.waiting("older", "https://hook.example/", 1, 2, 3);
        world.waiting("none", "https://hook.example/", 2, 3);
        world.run(world.dispatcher());
        assertThat(world.fates.byUser).containsEntry("older", "shown 1").containsEntry("none", "blocked");
    }

    @Test
    void whoIsThereIsNotNotifiedAndWhoIsPerhapsThereWaits() throws InterruptedException {
        world.standings.put("online", new Standing(Status.ONLINE, Instant.EPOCH, false));
        world.standings.put("unknown", Standing.UNKNOWN);
        world.waiting("online", "https://hook.example/", 1);
        world.waiting("unknown", "https://hook.example/", 1);
        Dispatcher dispatcher = world.dispatcher();
        world.run(dispatcher);
        assertThat(world.fates.byUser.get("online")).isEqualTo("online");
        assertThat(world.fates.byUser.get("unknown")).startsWith("postponed");
        world.clock.advance(Duration.ofMinutes(61));
        world.run(dispatcher);
        assertThat(world.fates.byUser.get("unknown")).endsWith("too_old");
    }

    @Test
    void whileMessageServiceIsAwayNothingIsSentOrCounted() throws InterruptedException {
        world.waiting("patient", "https://hook.example/", 1);
        world.textsAway = true;
        Dispatcher dispatcher = world.dispatcher();
        world.run(dispatcher);
        assertThat(world.sent).isEmpty();
        world.textsAway = false;
        world.clock.advance(Duration.ofSeconds(2));
        world.run(dispatcher);
        assertThat(world.sent).containsExactly("patient 1 of 1");
    }

    @Test
    void aDeviceIsNotifiedSoOftenInAMinuteAndTheRestCollapses() throws InterruptedException {
        Device device = world.waiting("busy", "https://hook.example/", 1);
        for (int i = 0; i < DispatcherWorld.PER_MINUTE; i++) {
            world.add(device, new ChannelName("group:other" + i), 1);
        }
        Dispatcher dispatcher = world.dispatcher();
        world.run(dispatcher);
        assertThat(world.sent).hasSize(DispatcherWorld.PER_MINUTE);
        world.clock.advance(Duration.ofSeconds(50)); // the next minute
        world.run(dispatcher);
        assertThat(world.sent).hasSize(DispatcherWorld.PER_MINUTE + 1);
    }
}
