package dev.dunlin.push.schedule.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.push.HandClock;
import dev.dunlin.push.Unreachable;
import dev.dunlin.push.channel.Channels;
import dev.dunlin.push.channel.Texts;
import dev.dunlin.push.decision.Content;
import dev.dunlin.push.decision.Decision;
import dev.dunlin.push.decision.Reason;
import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.delivery.Push;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceLimits;
import dev.dunlin.push.device.Devices.Registration;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.device.postgres.PostgresDevices;
import dev.dunlin.push.endpoint.Endpoint;
import dev.dunlin.push.postgres.TestDatabase;
import dev.dunlin.push.preference.Notify;
import dev.dunlin.push.presence.Standing;
import dev.dunlin.push.provider.GuardedProviders;
import dev.dunlin.push.provider.ProviderLimits;
import dev.dunlin.push.schedule.Courier;
import dev.dunlin.push.schedule.Dispatcher;
import dev.dunlin.push.schedule.Journal;
import dev.dunlin.push.schedule.Pending;
import dev.dunlin.push.schedule.Pending.Addition;
import dev.dunlin.push.schedule.Pending.Changes;
import dev.dunlin.push.schedule.Pending.Settled;
import dev.dunlin.push.schedule.Planner;
import dev.dunlin.push.schedule.RetryPolicy;
import dev.dunlin.push.schedule.Settler;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries from a real database, some of them of rows that this version would not write. */
class DispatcherIT {
    private static final ChannelName ENG = new ChannelName("group:eng");
    private static final Epoch EPOCH = new Epoch("e1");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int TRIES = 3;
    private static final int PER_MINUTE = 2;
    private static final int PLACES = 4;
    private static final int IN_HAND = 50;

    private final HandClock clock = new HandClock(NOW);
    private static final DeviceLimits LIMITS = new DeviceLimits(5, 100_000, 20, Duration.ofDays(1));

    private TestDatabase world = TestDatabase.empty("push_dispatcher");
    private PostgresPending pending = new PostgresPending(world.database(), Duration.ZERO);
    private PostgresDevices devices = new PostgresDevices(world.database(), LIMITS);
    private Thread settling = new Thread();
    private final Fates fates = new Fates();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final List<String> dead = new CopyOnWriteArrayList<>();
    private final Map<String, Standing> standings = new ConcurrentHashMap<>();
    private final Map<Long, Content> contents = new ConcurrentHashMap<>();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private boolean textsAway;

    /** What became of notifications, by user. */
    private static final class Fates implements Journal {
        private final Map<String, String> byUser = new ConcurrentHashMap<>();
        private final List<String> unreadable = new CopyOnWriteArrayList<>();

        @Override
        public void happened(Settled settled, Optional<Push> push) {
            String what =
                    switch (settled) {
                        case Settled.Shown shown -> "shown " + shown.seq();
                        case Settled.Cleared _ -> "cleared";
                        case Settled.Ended ended -> ended.reason().word();
                        case Settled.GivenUp given -> given.reason().word() + ": " + given.error();
                        case Settled.Retried retried -> "retried: " + retried.error();
                        case Settled.Postponed postponed -> "postponed to " + postponed.due();
                    };
            byUser.merge(settled.row().device().user().value(), what, (one, other) -> one + ", " + other);
        }

        @Override
        public void gone(Pending.Claimed row, Push push, String reason) {
            byUser.put(row.device().user().value(), "gone: " + reason);
        }

        @Override
        public void unreadable(String row, String reason) {
            unreadable.add(reason);
        }
    }

    @BeforeEach
    void emptyDatabase() throws IOException, SQLException {
        world = TestDatabase.fresh("push_dispatcher");
        pending = new PostgresPending(world.database(), Duration.ZERO);
        devices = new PostgresDevices(world.database(), LIMITS);
    }

    @AfterEach
    void stop() throws InterruptedException {
        hanging.countDown();
        settling.interrupt();
        settling.join(SOON);
    }

    @Test
    void rowsThatBreakARuleFailForGoodOnceAndTheOthersAreDelivered() throws SQLException, InterruptedException {
        for (String user : List.of("port", "url", "keys", "prefs", "id", "fine")) {
            waiting(user, "https://hook.example/" + user, 1);
        }
        world.execute("update device set endpoint = 'https://hook.example:70000/' where user_id = 'port'");
        world.execute("update device set endpoint = 'no url' where user_id = 'url'");
        world.execute(
                "update device set kind = 'webpush', secret = null, p256dh = 'AAAA', auth = 'AAAA' where user_id = 'keys'");
        world.execute("update device set prefs = '{\"muted\":{\"eng\":1}}' where user_id = 'prefs'");
        world.execute("update push_pending set epoch = '' where user_id = 'id'");
        Dispatcher dispatcher = dispatcher();
        run(dispatcher);
        assertThat(fates.byUser.get("fine")).isEqualTo("shown 1");
        for (String user : List.of("port", "url", "keys", "prefs")) {
            assertThat(fates.byUser.get(user)).as(user).startsWith("rejected: ");
        }
        assertThat(fates.unreadable).hasSize(1);
        assertThat(sent).containsExactly("fine 1 of 1");
        assertThat(dead).hasSize(4);
        assertThat(pending.count()).isZero();
    }

    @Test
    void aFailureOfOursIsTriedAgainAndThenGivenUp() throws InterruptedException {
        waiting("broken", "https://hook.example/", 1);
        Dispatcher dispatcher = dispatcher();
        for (int i = 0; i < TRIES; i++) {
            run(dispatcher);
            clock.advance(Duration.ofMinutes(5));
        }
        assertThat(fates.byUser.get("broken")).startsWith("retried: ").contains("given_up: ");
        assertThat(dead).containsExactly("given_up");
        assertThat(pending.count()).isZero();
    }

    @Test
    void theNewestMessageThatMayBeReadIsShownAndWhatNobodyMayReadIsNot() throws InterruptedException {
        contents.put(3L, new Content.Unreadable(Reason.DELETED));
        contents.put(2L, new Content.Unreadable(Reason.BLOCKED));
        waiting("older", "https://hook.example/", 1, 2, 3);
        waiting("none", "https://hook.example/", 2, 3);
        run(dispatcher());
        assertThat(fates.byUser).containsEntry("older", "shown 1").containsEntry("none", "blocked");
    }

    @Test
    void whoIsThereIsNotNotifiedAndWhoIsPerhapsThereWaits() throws InterruptedException {
        standings.put("online", new Standing(Status.ONLINE, Instant.EPOCH, false));
        standings.put("unknown", Standing.UNKNOWN);
        waiting("online", "https://hook.example/", 1);
        waiting("unknown", "https://hook.example/", 1);
        Dispatcher dispatcher = dispatcher();
        run(dispatcher);
        assertThat(fates.byUser.get("online")).isEqualTo("online");
        assertThat(fates.byUser.get("unknown")).startsWith("postponed");
        clock.advance(Duration.ofMinutes(61));
        run(dispatcher);
        assertThat(fates.byUser.get("unknown")).endsWith("too_old");
    }

    @Test
    void whileMessageServiceIsAwayNothingIsSentOrCounted() throws InterruptedException {
        waiting("patient", "https://hook.example/", 1);
        textsAway = true;
        Dispatcher dispatcher = dispatcher();
        run(dispatcher);
        assertThat(sent).isEmpty();
        textsAway = false;
        clock.advance(Duration.ofSeconds(2));
        run(dispatcher);
        assertThat(sent).containsExactly("patient 1 of 1");
    }

    @Test
    void aDeviceIsNotifiedSoOftenInAMinuteAndTheRestCollapses() throws InterruptedException {
        Device device = waiting("busy", "https://hook.example/", 1);
        for (int i = 0; i < PER_MINUTE; i++) {
            add(device, new ChannelName("group:other" + i), 1);
        }
        Dispatcher dispatcher = dispatcher();
        run(dispatcher);
        assertThat(sent).hasSize(PER_MINUTE);
        clock.advance(Duration.ofSeconds(50)); // the next minute
        run(dispatcher);
        assertThat(sent).hasSize(PER_MINUTE + 1);
    }

    @Test
    void aProviderThatHangsHoldsNobodyElsesPlace() throws InterruptedException {
        int many = 3 * IN_HAND;
        for (int i = 0; i < many; i++) {
            waiting("hang" + i, "https://dead.example/" + i, 1);
        }
        Dispatcher dispatcher = dispatcher();
        assertThat(dispatcher.round()).isLessThan(IN_HAND);
        for (int i = 0; i < 20; i++) {
            waiting("quick" + i, "https://fine.example/" + i, 1);
        }
        await().atMost(SOON).until(() -> {
            dispatcher.round();
            return sent.stream().filter(one -> one.startsWith("quick")).count() == 20;
        });
        assertThat(pending.nextDue(Set.of())).as("the rest was not touched").hasValue(NOW);
        hanging.countDown();
        await().atMost(SOON).until(() -> {
            dispatcher.round();
            return sent.size() == 20 + many;
        });
    }

    @Test
    void theLoopWakesUpWhenAProviderHasRoomAgain() throws InterruptedException {
        for (int i = 0; i < IN_HAND; i++) {
            waiting("hang" + i, "https://dead.example/" + i, 1);
        }
        Dispatcher dispatcher = dispatcher();
        assertThat(dispatcher.round()).isPositive();
        assertThat(dispatcher.round()).isZero();
        hanging.countDown();
        Instant begin = Instant.now();
        dispatcher.sleep(SOON);
        assertThat(Duration.between(begin, Instant.now())).isLessThan(SOON);
        assertThat(dispatcher.round()).isPositive();
    }

    @Test
    void whatWaitedForTooLongIsPlannedAgain() throws InterruptedException {
        for (int i = 0; i < PLACES; i++) {
            waiting("hang" + i, "https://dead.example/" + i, 1);
        }
        waiting("late", "https://dead.example/late", 1, 2);
        Dispatcher dispatcher = dispatcher();
        assertThat(dispatcher.round()).isEqualTo(PLACES + 1);
        contents.put(2L, new Content.Unreadable(Reason.DELETED));
        clock.advance(Duration.ofSeconds(6));
        hanging.countDown();
        assertThat(dispatcher.drain(SOON)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        run(dispatcher);
        assertThat(sent).contains("late 1 of 2").doesNotContain("late 2 of 2");
    }

    /** All that is due, and what is due again at once. */
    private void run(Dispatcher dispatcher) throws InterruptedException {
        while (dispatcher.round() > 0) {
            assertThat(dispatcher.drain(SOON)).isTrue();
        }
    }

    private Dispatcher dispatcher() {
        Settler settler = new Settler(pending, clock);
        settling = Thread.ofVirtual().start(settler);
        Courier courier = new Courier(
                (push, device) -> deliver(push, device),
                devices,
                fates,
                (device, reason, error, attempts) -> dead.add(reason),
                new RetryPolicy(TRIES, Duration.ofSeconds(1), Duration.ofSeconds(1)),
                clock,
                RandomGenerator.getDefault());
        Planner planner = new Planner(
                pending,
                this::texts,
                this::standings,
                new AllNotify(),
                _ -> Map.of(),
                new Decision(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofSeconds(2)),
                new Planner.Limits(TRIES, Duration.ofHours(1), PER_MINUTE));
        return new Dispatcher(
                pending,
                new GuardedProviders(
                        new ProviderLimits(PLACES, PLACES, Set.of(), 1000, 100), clock, RandomGenerator.getDefault()),
                planner,
                courier,
                settler,
                fates,
                clock,
                Duration.ofMinutes(1),
                IN_HAND);
    }

    private Outcome deliver(Push push, Device device) {
        if (device.target() instanceof Target.Broken(String _, String reason)) {
            return new Outcome.Rejected(reason);
        }
        String user = push.user().value();
        if (user.equals("broken")) {
            throw new IllegalStateException("closed");
        }
        if (user.startsWith("hang")) {
            try {
                assertThat(hanging.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        if (push instanceof Push.Alert alert) {
            sent.add(user + " " + alert.seq() + " of " + alert.count());
        }
        return new Outcome.Delivered();
    }

    private Map<Texts.Place, Content> texts(Collection<Texts.Place> places) {
        if (textsAway) {
            throw new Unreachable("away", new IOException());
        }
        return places.stream()
                .collect(Collectors.toMap(
                        place -> place,
                        place -> contents.getOrDefault(place.seq(), new Content.Text(TextNode.valueOf("hi")))));
    }

    private Map<UserId, Standing> standings(Collection<UserId> users) {
        Map<UserId, Standing> found = new HashMap<>();
        Standing offline = new Standing(Status.OFFLINE, Instant.EPOCH, false);
        users.forEach(user -> found.put(user, standings.getOrDefault(user.value(), offline)));
        return found;
    }

    private Device waiting(String user, String url, long... seqs) {
        Target.Reachable target = new Target.Webhook(Endpoint.of(url), "secret");
        Registration registration = devices.register(new UserId(user), target, Optional.of(Prefs.NONE), NOW);
        Device device = ((Registration.Created) registration).device();
        add(device, ENG, seqs);
        return device;
    }

    private void add(Device device, ChannelName channel, long... seqs) {
        List<Pending.Message> messages = LongStream.of(seqs)
                .mapToObj(seq -> new Pending.Message(
                        new Pending.Message.Key(channel, EPOCH, seq),
                        new ClientMessageId("m" + seq),
                        new UserId("alice"),
                        NOW.toEpochMilli(),
                        new TraceId(1, seq),
                        Reason.NOTIFY,
                        Map.of()))
                .toList();
        String origin = ((Target.Reachable) device.target()).origin();
        Addition addition = new Addition(
                device.id(),
                device.user(),
                channel,
                EPOCH,
                origin,
                LongStream.of(seqs).boxed().toList(),
                seqs.length,
                false,
                NOW);
        pending.apply(new Changes(messages, List.of(), List.of(), List.of(addition)), NOW);
    }

    /** Every channel notifies. */
    private static final class AllNotify implements Channels {
        @Override
        public Optional<Notify> policy(ChannelName channel, UserId sender) {
            return Optional.of(Notify.ALL);
        }

        @Override
        public void eachPage(ChannelName channel, Consumer<List<UserId>> page) {}

        @Override
        public Map<ChannelName, Long> ofUser(UserId user) {
            return Map.of();
        }
    }
}
