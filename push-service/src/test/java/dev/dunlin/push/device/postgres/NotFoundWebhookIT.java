package dev.dunlin.push.device.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.UserId;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceLimits;
import dev.dunlin.push.device.Devices.Registration;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.endpoint.Endpoint;
import dev.dunlin.push.postgres.TestDatabase;
import dev.dunlin.push.provider.Providers.Room;
import dev.dunlin.push.schedule.Pending;
import dev.dunlin.push.schedule.postgres.PostgresPending;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rule is three answers 404 over a day here. */
class NotFoundWebhookIT {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final UserId BOB = new UserId("bob");
    private static final Target.Reachable HOOK =
            new Target.Webhook(Endpoint.of("https://hook.example/"), "a secret of 16 bytes");

    private final TestDatabase database;
    private final PostgresDevices devices;
    private final Device hook;

    NotFoundWebhookIT() throws IOException, SQLException {
        database = TestDatabase.fresh("push_not_found");
        devices = new PostgresDevices(database.database(), new DeviceLimits(5, 100_000, 3, Duration.ofDays(1)));
        hook = ((Registration.Created) devices.register(BOB, HOOK, Optional.empty(), NOW)).device();
    }

    @Test
    void aWebhookIsDisabledByEnough404OverEnoughTimeOnly() throws SQLException {
        waiting(hook);
        assertThat(notFound(0, 1, 2, 23)).isFalse();
        assertThat(enabled()).hasSize(1);

        assertThat(notFound(24)).isTrue();

        assertThat(devices.of(BOB).getFirst().disabled()).hasValueSatisfying(disabled -> {
            assertThat(disabled.at()).isEqualTo(NOW.plus(Duration.ofHours(24)));
            assertThat(disabled.reason())
                    .isEqualTo("answered 404 to 5 notifications in a row, since 2026-01-01T00:00:00Z");
        });
        assertThat(enabled()).isEmpty();
        assertThat(database.number("select count(*) from push_pending")).isZero();
        assertThat(notFound(25)).isFalse();
    }

    @Test
    void fewer404OverALongTimeDisableNothingAndADeliveryStartsOver() throws SQLException {
        assertThat(notFound(0, 100)).isFalse();

        delivered();

        assertThat(notFound(101, 102, 103)).isFalse();
        assertThat(notFound(125)).isTrue();
    }

    @Test
    void registeringAgainEnables() {
        assertThat(notFound(0, 24, 48)).isTrue();

        devices.register(BOB, HOOK, Optional.empty(), NOW.plus(Duration.ofHours(49)));

        assertThat(enabled())
                .singleElement()
                .satisfies(device -> assertThat(device.disabled()).isEmpty());
        assertThat(notFound(50, 51, 52)).isFalse();
    }

    private void delivered() throws SQLException {
        waiting(hook);
        PostgresPending pending = new PostgresPending(database.database(), Duration.ZERO);
        Pending.Claimed row = pending.claim(Instant.now(), Duration.ofMinutes(1), 1, new Room(Map.of(), 1))
                .claimed()
                .getFirst();
        pending.settle(List.of(new Pending.Settled.Shown(row, 1)), NOW);
    }

    private boolean notFound(int... hours) {
        boolean disabled = false;
        for (int hour : hours) {
            disabled |= devices.notFound(hook.id(), NOW.plus(Duration.ofHours(hour)));
        }
        return disabled;
    }

    private void waiting(Device device) throws SQLException {
        database.execute("""
                insert into push_pending
                    (device_id, channel, user_id, origin, epoch, seqs, newest, count, mentioned, due_at, waiting, changed_at)
                values ('%s', 'group:eng', '%s', 'https://hook.example', 'e1', '{1}', 1, 1, false, now(), now(), now())""".formatted(device.id(), device.user()));
    }

    private List<Device> enabled() {
        return devices.of(BOB).stream()
                .filter(device -> device.disabled().isEmpty())
                .toList();
    }
}
