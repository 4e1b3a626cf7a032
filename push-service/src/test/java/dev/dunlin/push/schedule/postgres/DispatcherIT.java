package dev.dunlin.push.schedule.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.engines.testing.TestEngines;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.Unreachable;
import dev.dunlin.push.channel.Channels;
import dev.dunlin.push.channel.Texts;
import dev.dunlin.push.delivery.DeliveryByKind;
import dev.dunlin.push.delivery.Notifications;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.delivery.Push;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.Devices.Registration;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.device.postgres.PostgresDevices;
import dev.dunlin.push.endpoint.Endpoint;
import dev.dunlin.push.postgres.Database;
import dev.dunlin.push.presence.Presences;
import dev.dunlin.push.schedule.Courier;
import dev.dunlin.push.schedule.Dispatcher;
import dev.dunlin.push.schedule.Journal;
import dev.dunlin.push.schedule.Pending.Addition;
import dev.dunlin.push.schedule.Pending.Claimed;
import dev.dunlin.push.schedule.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Deliveries from a real database, some of them of rows that this version would not write. */
class DispatcherIT {
    private static final String NAME = "push_dispatcher";
    private static final ChannelName ENG = new ChannelName("group:eng");
    private static final Instant NOW = Instant.ofEpochSecond(60);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration MAX_AGE = Duration.ofHours(1);
    private static final int TRIES = 3;

    private final TestEngines engines = TestEngines.join();
    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private final Database database = new Database(source);
    private final PostgresPending pending = new PostgresPending(database);
    private final PostgresDevices devices = new PostgresDevices(database, 5, 100_000);
    private final Fates fates = new Fates();
    private final List<String> sent = new CopyOnWriteArrayList<>();

    /** The outcomes of notifications, by user. */
    private static final class Fates implements Journal {
        private final Map<String, String> byUser = new ConcurrentHashMap<>();
        private final List<String> unreadable = new CopyOnWriteArrayList<>();

        @Override
        public void happened(Claimed claimed, Fate fate, String reason) {
            byUser.merge(claimed.device().user().value(), fate + " " + reason, (one, other) -> one + ", " + other);
        }

        @Override
        public void unreadable(long id, String reason) {
            unreadable.add(reason);
        }
    }

    @BeforeEach
    void emptyDatabase() throws IOException, SQLException {
        engines.freshDatabase(NAME);
        source.setUrl(engines.jdbcUrl(NAME));
        source.setUser(engines.databaseUser());
        source.setPassword(engines.databasePassword());
        execute(Files.readString(Path.of("src/main/resources/db/migration/V1__devices_and_notifications.sql")));
    }

    @Test
    void rowsThatBreakARuleFailForGoodOnceAndTheOthersAreDelivered() throws SQLException, InterruptedException {
        for (String user : List.of("port", "url", "keys", "prefs", "null", "id", "fine")) {
            waiting(user);
        }
        execute("update device set endpoint = 'https://hook.example:70000/' where user_id = 'port'");
        execute("update device set endpoint = 'no url' where user_id = 'url'");
        execute(
                "update device set kind = 'webpush', secret = null, p256dh = 'AAAA', auth = 'AAAA' where user_id = 'keys'");
        execute("update device set prefs = '{\"muted\":{\"eng\":1}}' where user_id = 'prefs'");
        execute("update device set prefs = 'null' where user_id = 'null'");
        execute("update device set user_id = 'not an id' where user_id = 'id'");

        round(NOW, this::now);

        assertThat(fates.byUser)
                .containsOnlyKeys("port", "url", "keys", "prefs", "null", "fine")
                .containsEntry("fine", "DELIVERED ")
                .hasEntrySatisfying(
                        "port", fate -> assertThat(fate).startsWith("REJECTED").contains("port"))
                .hasEntrySatisfying(
                        "url", fate -> assertThat(fate).startsWith("REJECTED").contains("URL"))
                .hasEntrySatisfying(
                        "keys", fate -> assertThat(fate).startsWith("REJECTED").contains("p256dh"))
                .hasEntrySatisfying(
                        "prefs", fate -> assertThat(fate).startsWith("REJECTED").contains("prefs"))
                .hasEntrySatisfying(
                        "null", fate -> assertThat(fate).startsWith("REJECTED").contains("prefs"));
        assertThat(fates.unreadable).hasSize(1);
        assertThat(pending.count()).isZero();
        assertThat(devices.of(new UserId("port")))
                .as("its user sees it, and can remove it")
                .singleElement()
                .satisfies(device ->
                        assertThat(devices.remove(device.user(), device.id())).isTrue());
        assertThat(devices.ofAll(List.of(new UserId("url"), new UserId("fine"))))
                .hasSize(2);
    }

    @Test
    void aDeliveryThatThrowsIsAFailureOfItsOwnAndEnds() throws InterruptedException {
        waiting("invalid");
        waiting("broken");
        waiting("fine");

        Instant at = NOW;
        for (int i = 0; i < TRIES; i++) {
            round(at, this::now);
            at = at.plus(LEASE);
        }

        assertThat(fates.byUser)
                .containsEntry("fine", "DELIVERED ")
                .containsEntry("invalid", "REJECTED no such port")
                .hasEntrySatisfying(
                        "broken", fate -> assertThat(fate).matches("RETRIED .*, RETRIED .*, GIVEN_UP .*closed"));
        assertThat(pending.count()).isZero();
    }

    @Test
    void whatNeverComesToAnEndIsGivenUp() throws InterruptedException {
        waiting("killer");
        Instant at = NOW;
        for (int i = 0; i < TRIES; i++) {
            pending.claim(at, LEASE, 10); // and the process dies
            at = at.plus(LEASE);
        }

        round(at, this::now);

        assertThat(fates.byUser)
                .hasEntrySatisfying("killer", fate -> assertThat(fate).startsWith("GIVEN_UP"));
        assertThat(sent).isEmpty();
    }

    @Test
    void withoutTheTextItIsNotSentAndWaitsUntilTheMessageIsTooOld() throws InterruptedException {
        waiting("patient");

        Instant at = NOW;
        for (int i = 0; i < 2 * TRIES; i++) {
            Instant later = at;
            assertThatThrownBy(() -> round(later, this::unreachable)).isInstanceOf(Unreachable.class);
            at = at.plus(LEASE);
        }
        assertThat(fates.byUser).isEmpty();
        assertThat(pending.count()).isOne();
        round(at, this::now);
        assertThat(sent).containsExactly("patient now");

        waiting("late");
        assertThatThrownBy(() -> round(NOW.plus(MAX_AGE), this::unreachable)).isInstanceOf(Unreachable.class);
        assertThat(fates.byUser).containsEntry("late", "EXPIRED ");
        assertThat(pending.count()).isZero();
        assertThat(sent).hasSize(1);
    }

    private Map<Texts.Place, JsonNode> now(Collection<Texts.Place> places) {
        return places.stream().collect(Collectors.toMap(Function.identity(), _ -> TextNode.valueOf("now")));
    }

    private Map<Texts.Place, JsonNode> unreachable(Collection<Texts.Place> places) {
        throw new Unreachable("message-service: no answer for " + places.size(), new IOException());
    }

    private void round(Instant at, Texts texts) throws InterruptedException {
        Clock clock = Clock.fixed(at, ZoneOffset.UTC);
        RetryPolicy policy = new RetryPolicy(TRIES, Duration.ofSeconds(1), Duration.ofSeconds(2));
        DeliveryByKind delivery = new DeliveryByKind(
                (push, device, target) -> deliver((Push.Alert) push),
                (push, device, target) -> deliver((Push.Alert) push),
                Optional.empty(),
                Optional.empty());
        Courier courier = new Courier(
                delivery, pending, devices, new NoChannels(), fates, policy, clock, RandomGenerator.getDefault());
        Dispatcher dispatcher = new Dispatcher(
                pending,
                users -> new Presences.Absent(new HashSet<>(users), Set.of()),
                texts,
                courier,
                fates,
                clock,
                LEASE,
                MAX_AGE,
                10);
        dispatcher.round();
        assertThat(dispatcher.drain(Duration.ofSeconds(30))).isTrue();
    }

    private Outcome deliver(Push.Alert notification) {
        return switch (notification.user().value()) {
            case "invalid" -> throw new IllegalArgumentException("no such port");
            case "broken" -> throw new IllegalStateException("closed");
            default -> {
                sent.add(notification.user() + " " + notification.data().textValue());
                yield new Outcome.Delivered();
            }
        };
    }

    private void waiting(String user) {
        Target.Reachable target = new Target.Webhook(Endpoint.of("https://hook.example/"), "secret");
        Registration registration = devices.register(new UserId(user), target, Optional.of(Prefs.NONE), NOW);
        Device device = ((Registration.Created) registration).device();
        pending.apply(
                List.of(),
                List.of(new Addition(device.id(), Notifications.of(device.user(), ENG, 1, TextNode.valueOf("then")))),
                NOW);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Never called: no device wants a badge. */
    private static final class NoChannels implements Channels {
        @Override
        public Policy policy(ChannelName channel, UserId sender) {
            throw new AssertionError();
        }

        @Override
        public List<UserId> members(ChannelName channel) {
            throw new AssertionError();
        }

        @Override
        public void membersChanged(ChannelName channel) {
            throw new AssertionError();
        }

        @Override
        public OptionalLong unread(ChannelName channel, UserId user) {
            throw new AssertionError();
        }
    }
}
