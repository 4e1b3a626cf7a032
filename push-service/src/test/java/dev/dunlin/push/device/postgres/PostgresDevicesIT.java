package dev.dunlin.push.device.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.UserId;
import dev.dunlin.push.device.About;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.DeviceLimits;
import dev.dunlin.push.device.Devices.Registration;
import dev.dunlin.push.device.NewDevice;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.SubscriptionKeys;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.device.Target.Apns.Environment;
import dev.dunlin.push.endpoint.Endpoint;
import dev.dunlin.push.postgres.TestDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PostgresDevicesIT {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final UserId BOB = new UserId("bob");
    private static final UserId CAROL = new UserId("carol");
    private static final Target.Reachable PHONE = new Target.Apns("0a1b2c", "com.example.chat", Environment.SANDBOX);
    private static final Target.Reachable ANDROID = new Target.Fcm("token:of-an_android");
    private static final Target.Reachable BROWSER = browser("BTBZMqHH6r4Tts7J_aSIgg");
    private static final Target.Reachable HOOK =
            new Target.Webhook(Endpoint.of("https://hook.example/"), "a secret of 16 bytes");

    private final TestDatabase database;
    private final PostgresDevices devices;

    PostgresDevicesIT() throws IOException, SQLException {
        database = TestDatabase.fresh("push_devices");
        devices = new PostgresDevices(database.database(), new DeviceLimits(5, 100_000, 3, Duration.ofDays(1)));
    }

    @Test
    void everyKindIsReadAsItWasRegistered() {
        About about = new About("com.example.chat", "ios", "de-CH", "1.2.3");
        for (Target.Reachable target : List.of(PHONE, ANDROID, BROWSER, HOOK)) {
            DeviceId id = new DeviceId(UUID.randomUUID());
            NewDevice device = new NewDevice(id, BOB, target, about, Optional.empty(), true);

            Device created = ((Registration.Created) devices.register(device, NOW)).device();

            assertThat(created)
                    .isEqualTo(new Device(id, BOB, target, Prefs.NONE, about, NOW, NOW, true, Optional.empty()));
            assertThat(devices.of(BOB)).contains(created);
        }
    }

    @Test
    void registeringAgainKeepsTheIdAndWhatIsNotGiven() {
        NewDevice first = new NewDevice(
                new DeviceId(UUID.randomUUID()),
                BOB,
                PHONE,
                new About("com.example.chat", "ios", "de", "1.0"),
                Optional.of(new Prefs(null, null, true)),
                false);
        devices.register(first, NOW);
        Target.Reachable inProduction = new Target.Apns("0a1b2c", "com.example.chat", Environment.PRODUCTION);
        About update = new About(null, null, null, "1.1");

        Registration again = devices.register(
                new NewDevice(new DeviceId(UUID.randomUUID()), BOB, inProduction, update, Optional.empty(), false),
                NOW.plusSeconds(60));

        assertThat(again)
                .isEqualTo(new Registration.Renewed(new Device(
                        first.id(),
                        BOB,
                        inProduction,
                        new Prefs(null, null, true),
                        new About("com.example.chat", "ios", "de", "1.1"),
                        NOW,
                        NOW.plusSeconds(60),
                        false,
                        Optional.empty())));
        assertThat(devices.of(BOB)).hasSize(1);
    }

    @Test
    void aTokenAndASubscriptionMoveToWhoeverRegistersThemLastWithWhatWaits() throws SQLException {
        for (Target.Reachable target : List.of(PHONE, ANDROID, BROWSER)) {
            Device his = created(BOB, target);
            waiting(his);
            assertThat(devices.find(CAROL, target)).contains(his);

            Device hers = created(CAROL, target);

            assertThat(hers.id()).isNotEqualTo(his.id());
            assertThat(devices.of(BOB)).isEmpty();
            assertThat(devices.of(CAROL)).contains(hers);
            assertThat(database.number("select count(*) from push_pending")).isZero();
        }
    }

    @Test
    void whoOnlyKnowsTheUrlOfASubscriptionOrOfAWebhookTakesNothing() {
        Device browser = created(BOB, BROWSER);
        Device hook = created(BOB, HOOK);
        Target.Reachable otherKeys = browser("AAAAAAAAAAAAAAAAAAAAAA");
        assertThat(devices.find(CAROL, otherKeys)).isEmpty();

        created(CAROL, otherKeys);
        created(CAROL, HOOK);

        assertThat(devices.of(BOB)).containsExactlyInAnyOrder(browser, hook);
        assertThat(devices.of(CAROL)).hasSize(2);
    }

    @Test
    void aRegistrationThatIsRefusedTakesNothing() {
        Device his = created(BOB, PHONE);
        for (int i = 0; i < 5; i++) {
            created(CAROL, new Target.Fcm("token" + i));
        }
        assertThat(devices.register(CAROL, PHONE, Optional.empty(), NOW)).isEqualTo(new Registration.TooMany(5));
        assertThat(devices.of(BOB)).containsExactly(his);
        assertThat(devices.register(CAROL, new Target.Fcm("token4"), Optional.empty(), NOW))
                .isInstanceOf(Registration.Renewed.class);
    }

    @Test
    void ofManyWhoRegisterOneTokenAtOnceOneHasIt() throws Exception {
        for (Target.Reachable target : List.of(PHONE, ANDROID, BROWSER)) {
            List<Future<Registration>> registrations = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 40; i++) {
                    UserId user = new UserId("user" + i % 8);
                    registrations.add(threads.submit(() -> devices.register(user, target, Optional.empty(), NOW)));
                }
            }
            for (Future<Registration> registration : registrations) {
                assertThat(registration.get()).isInstanceOfAny(Registration.Created.class, Registration.Renewed.class);
            }
            assertThat(database.number("select count(*) from device")).isEqualTo(1);
            database.execute("delete from device");
        }
    }

    @Test
    void whoHasADeviceIsAUserOfPushUntilErased() throws SQLException {
        created(BOB, PHONE);
        created(BOB, HOOK);
        created(CAROL, BROWSER);
        assertThat(database.number("select count(*) from push_user")).isEqualTo(2);

        assertThat(devices.removeAll(BOB)).isEqualTo(2);

        assertThat(database.number("select count(*) from push_user where user_id = 'carol'"))
                .isEqualTo(1);
        assertThat(database.number("select count(*) from push_user")).isEqualTo(1);
        assertThat(devices.of(CAROL)).hasSize(1);
    }

    @Test
    void whatIsGoneSinceATimeStaysIfItWasRegisteredAfterIt() {
        Device phone = created(BOB, PHONE);
        assertThat(devices.removeGone(phone.id(), Optional.of(NOW.minusSeconds(1))))
                .isFalse();
        assertThat(devices.of(BOB)).hasSize(1);
        assertThat(devices.removeGone(phone.id(), Optional.of(NOW))).isTrue();
        assertThat(devices.of(BOB)).isEmpty();

        Device again = created(BOB, PHONE);
        assertThat(devices.removeGone(again.id(), Optional.empty())).isTrue();
        assertThat(devices.removeGone(again.id(), Optional.empty())).isFalse();
    }

    @Test
    void devicesThatWereNotSeenGoInTheOrderInWhichTheyWereSeen() throws SQLException {
        Device phone = created(BOB, PHONE);
        waiting(phone);
        devices.register(BOB, ANDROID, Optional.empty(), NOW.plusSeconds(1));
        devices.register(BOB, HOOK, Optional.empty(), NOW.plusSeconds(2));
        devices.register(BOB, BROWSER, Optional.empty(), NOW.minusSeconds(9));
        devices.register(BOB, BROWSER, Optional.empty(), NOW.plusSeconds(3));

        assertThat(devices.removeUnseen(NOW.plusSeconds(2), 1)).isEqualTo(1);
        assertThat(targets()).containsExactlyInAnyOrder(ANDROID, HOOK, BROWSER);
        assertThat(database.number("select count(*) from push_pending")).isZero();
        assertThat(devices.removeUnseen(NOW.plusSeconds(2), 10)).isEqualTo(1);
        assertThat(targets()).containsExactlyInAnyOrder(HOOK, BROWSER);
        assertThat(devices.removeUnseen(NOW.plusSeconds(2), 10)).isZero();
    }

    @Test
    void aRowThatBreaksARuleIsShownAndHarmsNoOther() throws SQLException {
        created(BOB, PHONE);
        created(BOB, HOOK);
        database.execute("update device set endpoint = 'no hex', locale = 'no locale' where kind = 'apns'");

        assertThat(enabled())
                .extracting(Device::target)
                .anySatisfy(target -> assertThat(target).isInstanceOf(Target.Broken.class))
                .contains(HOOK);
    }

    @Test
    void addressesOfTheGreatestLengthAreStored() {
        String url = "https://push.example/" + random(2048 - 21);
        Target.Reachable browser = new Target.WebPush(Endpoint.of(url), ((Target.WebPush) BROWSER).keys(), "default");
        UserId longest = new UserId("u".repeat(64));
        assertThat(created(longest, browser).target()).isEqualTo(browser);
        Target.Reachable android = new Target.Fcm(random(2048));
        assertThat(created(longest, android).target()).isEqualTo(android);
    }

    /** Text that the database cannot compress, so that it fills an index as a real token would. */
    private static String random(int length) {
        return new Random(7)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private List<Target> targets() {
        return devices.of(BOB).stream().map(Device::target).toList();
    }

    private Device created(UserId user, Target.Reachable target) {
        return ((Registration.Created) devices.register(user, target, Optional.empty(), NOW)).device();
    }

    private void waiting(Device device) throws SQLException {
        database.execute("""
                insert into push_pending
                    (device_id, channel, user_id, origin, epoch, seqs, newest, count, mentioned, due_at, waiting, changed_at)
                values ('%s', 'group:eng', '%s', 'https://hook.example', 'e1', '{1}', 1, 1, false, now(), now(), now())""".formatted(device.id(), device.user()));
    }

    private static Target.Reachable browser(String auth) {
        return new Target.WebPush(
                Endpoint.of("https://push.example/1"),
                new SubscriptionKeys(
                        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                        auth),
                "2026-01");
    }

    private List<Device> enabled() {
        return devices.of(BOB).stream()
                .filter(device -> device.disabled().isEmpty())
                .toList();
    }
}
