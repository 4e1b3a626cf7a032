package dev.dunlin.push.schedule.postgres;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceLimits;
import dev.dunlin.push.device.Devices.Registration;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.device.postgres.PostgresDevices;
import dev.dunlin.push.endpoint.Endpoint;
import dev.dunlin.push.postgres.TestDatabase;
import dev.dunlin.push.provider.Providers.Room;
import dev.dunlin.push.schedule.Pending;
import dev.dunlin.push.schedule.Pending.Addition;
import dev.dunlin.push.schedule.Pending.Changes;
import dev.dunlin.push.schedule.Pending.Claimed;
import dev.dunlin.push.schedule.Pending.Deleted;
import dev.dunlin.push.schedule.Pending.Read;
import dev.dunlin.push.schedule.Pending.Settled;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** Rows in a real database. */
abstract class PendingWorld {

    static final ChannelName ENG = new ChannelName("group:eng");
    static final Epoch EPOCH = new Epoch("e1");
    static final UserId BOB = new UserId("bob");
    static final UserId CAROL = new UserId("carol");
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration LEASE = Duration.ofMinutes(1);
    static final Room ROOM = new Room(Map.of(), 100);
    static final Duration COLLAPSE = Duration.ofSeconds(30);

    static final DeviceLimits LIMITS = new DeviceLimits(5, 100_000, 20, Duration.ofDays(1));

    TestDatabase world = TestDatabase.empty("push_pending");
    PostgresPending pending = new PostgresPending(world.database(), COLLAPSE);
    PostgresDevices devices = new PostgresDevices(world.database(), LIMITS);

    @BeforeEach
    void emptyDatabase() throws IOException, SQLException {
        world = TestDatabase.fresh("push_pending");
        pending = new PostgresPending(world.database(), COLLAPSE);
        devices = new PostgresDevices(world.database(), LIMITS);
    }

    /** Of a device that shows that message. */
    void show(Device device, long seq) {
        add(device, NOW, seq);
        pending.settle(List.of(new Settled.Shown(claim(NOW).getFirst(), seq)), NOW);
    }

    void add(Device device, Instant due, Long... seqs) {
        pending.apply(changes(List.of(addition(device, due, false, seqs))), NOW);
    }

    static Addition addition(Device device, Instant due, boolean mentioned, Long... seqs) {
        return new Addition(
                device.id(),
                device.user(),
                ENG,
                EPOCH,
                "https://hook.example",
                newest(seqs),
                seqs.length,
                mentioned,
                due);
    }

    static List<Long> newest(Long... seqs) {
        return List.of(seqs).subList(Math.max(0, seqs.length - Pending.KEPT), seqs.length);
    }

    static Changes changes(List<Addition> additions) {
        return new Changes(List.of(), List.of(), List.of(), additions);
    }

    void read(UserId user, long seq) {
        pending.apply(new Changes(List.of(), List.of(new Read(ENG, EPOCH, user, seq)), List.of(), List.of()), NOW);
    }

    void delete(long seq) {
        pending.apply(new Changes(List.of(), List.of(), List.of(new Deleted(ENG, EPOCH, seq)), List.of()), NOW);
    }

    List<Claimed> claim(Instant now) {
        return pending.claim(now, LEASE, 10, ROOM).claimed();
    }

    Device device(UserId user) {
        Target.Reachable target = new Target.Webhook(Endpoint.of("https://hook.example/" + user), "secret");
        return ((Registration.Created) devices.register(user, target, Optional.of(Prefs.NONE), NOW)).device();
    }
}
