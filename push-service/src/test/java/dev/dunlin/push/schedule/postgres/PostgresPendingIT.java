package dev.dunlin.push.schedule.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.engines.testing.TestEngines;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.delivery.Notifications;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.Devices.Registration;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.device.postgres.PostgresDevices;
import dev.dunlin.push.endpoint.Endpoint;
import dev.dunlin.push.postgres.Database;
import dev.dunlin.push.schedule.Pending.Addition;
import dev.dunlin.push.schedule.Pending.Cancellation;
import dev.dunlin.push.schedule.Pending.Claimed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresPendingIT {
    private static final String NAME = "push_pending";
    private static final ChannelName ENG = new ChannelName("group:eng");
    private static final Epoch EPOCH = new Epoch("e1");
    private static final UserId BOB = new UserId("bob");
    private static final UserId CAROL = new UserId("carol");
    private static final Instant DUE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final TestEngines engines = TestEngines.join();
    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private final Database database = new Database(source);
    private final PostgresPending pending = new PostgresPending(database);
    private final PostgresDevices devices = new PostgresDevices(database, 5, 100_000);

    @BeforeEach
    void emptyDatabase() throws IOException, SQLException {
        engines.freshDatabase(NAME);
        source.setUrl(engines.jdbcUrl(NAME));
        source.setUser(engines.databaseUser());
        source.setPassword(engines.databasePassword());
        String tables = Files.readString(Path.of("src/main/resources/db/migration/V1__devices_and_notifications.sql"));
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(tables);
        }
    }

    @Test
    void whatIsDueIsClaimedByOneUntilItsLeaseIsOver() {
        add(device(BOB), 1, 2);
        assertThat(pending.claim(DUE.minusMillis(1), LEASE, 10).claimed()).isEmpty();
        List<Claimed> first = pending.claim(DUE, LEASE, 1).claimed();
        List<Claimed> second = pending.claim(DUE, LEASE, 10).claimed();
        assertThat(first).hasSize(1);
        assertThat(second).hasSize(1).doesNotContainAnyElementsOf(first);
        assertThat(pending.claim(DUE.plus(LEASE).minusMillis(1), LEASE, 10).claimed())
                .isEmpty();
        assertThat(pending.claim(DUE.plus(LEASE), LEASE, 10).claimed())
                .hasSize(2)
                .allSatisfy(claimed -> assertThat(claimed.attempt()).isEqualTo(2));
    }

    @Test
    void theNextIsDueAtTheEarliestTimeOfAllThatIsPending() {
        assertThat(pending.nextDue()).isEmpty();
        add(device(BOB), 1, 2);
        List<Claimed> first = pending.claim(DUE, LEASE, 1).claimed();
        assertThat(pending.nextDue()).contains(DUE);
        List<Claimed> second = pending.claim(DUE, LEASE, 1).claimed();
        assertThat(pending.nextDue()).contains(DUE.plus(LEASE));
        pending.retry(second.getFirst(), DUE.plusSeconds(5));
        assertThat(pending.nextDue()).contains(DUE.plusSeconds(5));
        first.forEach(claimed -> pending.finish(claimed, DUE));
        second.forEach(claimed -> pending.finish(claimed, DUE));
        assertThat(pending.nextDue()).isEmpty();
    }

    @Test
    void itComesOutAsItWentIn() {
        Device device = device(BOB);
        add(device, 1);
        Claimed claimed = pending.claim(DUE, LEASE, 10).claimed().getFirst();
        assertThat(claimed.device()).isEqualTo(device);
        assertThat(claimed.notification()).isEqualTo(Notifications.of(BOB, ENG, 1, TextNode.valueOf("a\0b")));
    }

    @Test
    void aReadMarkForgetsTheUsersOwnUpToItsSeq() {
        add(device(BOB), 1, 2, 3);
        add(device(CAROL), 1);
        pending.apply(List.of(new Cancellation.ReadUpTo(ENG, EPOCH, BOB, 2)), List.of(), DUE);
        assertThat(pending.claim(DUE, LEASE, 10).claimed())
                .extracting(claimed -> claimed.notification().user() + " "
                        + claimed.notification().seq())
                .containsExactlyInAnyOrder("bob 3", "carol 1");
    }

    @Test
    void aDeletedMessageIsForgottenForAll() {
        add(device(BOB), 1, 2);
        add(device(CAROL), 1);
        pending.apply(List.of(new Cancellation.Deleted(ENG, EPOCH, 1)), List.of(), DUE);
        assertThat(pending.count()).isEqualTo(1);
    }

    @Test
    void whatIsFinishedIsRememberedAndNotAddedAgain() {
        Device device = device(BOB);
        add(device, 1);
        pending.finish(pending.claim(DUE, LEASE, 10).claimed().getFirst(), DUE);
        add(device, 1);
        assertThat(pending.count()).isZero();
        pending.forgetFinished(DUE.plusMillis(1));
        add(device, 1);
        assertThat(pending.count()).isEqualTo(1);
    }

    @Test
    void whatIsTriedAgainIsDueLater() {
        add(device(BOB), 1);
        pending.retry(pending.claim(DUE, LEASE, 10).claimed().getFirst(), DUE.plusSeconds(5));
        assertThat(pending.claim(DUE.plusSeconds(4), LEASE, 10).claimed()).isEmpty();
        assertThat(pending.claim(DUE.plusSeconds(5), LEASE, 10).claimed()).hasSize(1);
    }

    @Test
    void whatIsPostponedDoesNotCountAsTried() {
        add(device(BOB), 1);
        pending.postpone(pending.claim(DUE, LEASE, 10).claimed(), DUE.plusSeconds(5));
        assertThat(pending.claim(DUE.plusSeconds(4), LEASE, 10).claimed()).isEmpty();
        assertThat(pending.claim(DUE.plusSeconds(5), LEASE, 10).claimed())
                .singleElement()
                .satisfies(claimed -> assertThat(claimed.attempt()).isEqualTo(1));
    }

    @Test
    void aDeviceTakesWhatWaitsForItAlong() {
        Device device = device(BOB);
        add(device, 1);
        devices.removeGone(device.id());
        assertThat(pending.count()).isZero();
        add(device, 2);
        assertThat(pending.count()).isZero();
    }

    @Test
    void allDevicesOfAUserTakeWhatWaitsForThemAlongAndNobodyElses() {
        Device hers = device(CAROL);
        add(device(BOB, "https://one.example/"), 1, 2);
        add(device(BOB, "https://two.example/"), 1);
        add(hers, 1);
        assertThat(devices.removeAll(BOB)).isEqualTo(2);
        assertThat(devices.ofAll(List.of(BOB, CAROL))).containsExactly(hers);
        assertThat(pending.claim(DUE, LEASE, 10).claimed())
                .extracting(Claimed::device)
                .containsExactly(hers);
        assertThat(devices.removeAll(BOB)).isZero();
    }

    private Device device(UserId user) {
        return device(user, "https://hook.example/");
    }

    private Device device(UserId user, String url) {
        Target.Reachable target = new Target.Webhook(Endpoint.of(url), "secret");
        return switch (devices.register(user, target, Optional.of(new Prefs(null, null, true)), DUE)) {
            case Registration.Created(Device device) -> device;
            case Registration.Renewed(Device device) -> device;
            case Registration.TooMany _, Registration.TooLarge _ -> throw new AssertionError();
        };
    }

    private void add(Device device, long... seqs) {
        pending.apply(
                List.of(),
                LongStream.of(seqs)
                        .mapToObj(seq -> new Addition(
                                device.id(), Notifications.of(device.user(), ENG, seq, TextNode.valueOf("a\0b"))))
                        .toList(),
                DUE);
    }
}
