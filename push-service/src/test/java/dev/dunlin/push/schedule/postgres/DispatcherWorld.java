package dev.dunlin.push.schedule.postgres;

import static org.assertj.core.api.Assertions.assertThat;

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

/** A dispatcher on a real database; texts, presence and endpoints are the test's. */
final class DispatcherWorld {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");
    static final Duration SOON = Duration.ofSeconds(20);
    static final int TRIES = 3;
    static final int PER_MINUTE = 2;
    /** Deliveries at once to an origin. */
    static final int PLACES = 4;

    static final int IN_HAND = 50;
    private static final ChannelName ENG = new ChannelName("group:eng");
    private static final Epoch EPOCH = new Epoch("e1");
    private static final DeviceLimits LIMITS = new DeviceLimits(5, 100_000, 20, Duration.ofDays(1));

    final HandClock clock = new HandClock(NOW);
    final TestDatabase database;
    final PostgresPending pending;
    final Fates fates = new Fates();
    /** What endpoints got: user, seq and count. */
    final List<String> sent = new CopyOnWriteArrayList<>();
    /** Why others were given up. */
    final List<String> dead = new CopyOnWriteArrayList<>();

    final Map<String, Standing> standings = new ConcurrentHashMap<>();
    final Map<Long, Content> contents = new ConcurrentHashMap<>();
    /** Deliveries to users {@code hang…} wait for it. */
    final CountDownLatch hanging = new CountDownLatch(1);

    volatile boolean textsAway;
    private final PostgresDevices devices;
    private final Settler settler;
    private final Thread settling;

    DispatcherWorld(String name) throws IOException, SQLException {
        database = TestDatabase.fresh(name);
        pending = new PostgresPending(database.database(), Duration.ZERO);
        devices = new PostgresDevices(database.database(), LIMITS);
        settler = new Settler(pending, clock);
        settling = Thread.ofVirtual().start(settler);
    }

    /** Ends its deliveries and its thread. */
    void stop() throws InterruptedException {
        hanging.countDown();
        settling.interrupt();
        settling.join(SOON);
    }

    /** What became of notifications, by user. */
    static final class Fates implements Journal {
        final Map<String, String> byUser = new ConcurrentHashMap<>();
        final List<String> unreadable = new CopyOnWriteArrayList<>();

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

    /** All that is due, and what is due again at once. */
    void run(Dispatcher dispatcher) throws InterruptedException {
        while (dispatcher.round() > 0) {
            assertThat(dispatcher.drain(SOON)).isTrue();
        }
    }

    Dispatcher dispatcher() {
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

    Device waiting(String user, String url, long... seqs) {
        Target.Reachable target = new Target.Webhook(Endpoint.of(url), "secret");
        Registration registration = devices.register(new UserId(user), target, Optional.of(Prefs.NONE), NOW);
        Device device = ((Registration.Created) registration).device();
        add(device, ENG, seqs);
        return device;
    }

    void add(Device device, ChannelName channel, long... seqs) {
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
