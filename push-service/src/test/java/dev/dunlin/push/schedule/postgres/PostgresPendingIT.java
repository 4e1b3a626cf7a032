package dev.dunlin.push.schedule.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.decision.Reason;
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
import dev.dunlin.push.schedule.Pending.Message;
import dev.dunlin.push.schedule.Pending.Read;
import dev.dunlin.push.schedule.Pending.Settled;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresPendingIT {
    private static final ChannelName ENG = new ChannelName("group:eng");
    private static final Epoch EPOCH = new Epoch("e1");
    private static final UserId BOB = new UserId("bob");
    private static final UserId CAROL = new UserId("carol");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Room ROOM = new Room(Map.of(), 100);
    private static final Duration COLLAPSE = Duration.ofSeconds(30);

    private static final DeviceLimits LIMITS = new DeviceLimits(5, 100_000, 20, Duration.ofDays(1));

    private TestDatabase world = TestDatabase.empty("push_pending");
    private PostgresPending pending = new PostgresPending(world.database(), COLLAPSE);
    private PostgresDevices devices = new PostgresDevices(world.database(), LIMITS);

    @BeforeEach
    void emptyDatabase() throws IOException, SQLException {
        world = TestDatabase.fresh("push_pending");
        pending = new PostgresPending(world.database(), COLLAPSE);
        devices = new PostgresDevices(world.database(), LIMITS);
    }

    @Test
    void manyMessagesOfAChannelAreOneNotification() {
        Device device = device(BOB);
        add(device, NOW, LongStream.rangeClosed(1, 30).boxed().toArray(Long[]::new));
        add(device, NOW.plusSeconds(1), 31L);
        List<Claimed> claimed = claim(NOW.plusSeconds(1));
        assertThat(claimed).hasSize(1);
        assertThat(claimed.getFirst().count()).isEqualTo(31);
        assertThat(claimed.getFirst().seqs()).hasSize(20).endsWith(30L, 31L);
    }

    @Test
    void theNextNotificationOfAChannelWaitsExceptForAMention() {
        Device device = device(BOB);
        show(device, 1);
        add(device, NOW.plusSeconds(2), 2L);
        assertThat(pending.nextDue(Set.of())).contains(NOW.plus(COLLAPSE));
        pending.apply(changes(List.of(addition(device, NOW.plusSeconds(3), true, 3L))), NOW.plusSeconds(2));
        assertThat(claim(NOW.plusSeconds(3)))
                .singleElement()
                .satisfies(row -> assertThat(row.count()).isEqualTo(3))
                .satisfies(row -> assertThat(row.mentioned()).isTrue());
    }

    @Test
    void aMessageThatComesAgainChangesNothing() {
        Device device = device(BOB);
        add(device, NOW, 1L, 2L);
        add(device, NOW, 1L, 2L);
        add(device, NOW, 2L, 3L);
        Claimed row = claim(NOW).getFirst();
        assertThat(row.count()).isEqualTo(3);
        pending.settle(List.of(new Settled.Shown(row, 3)), NOW);
        add(device, NOW, 1L, 2L, 3L);
        assertThat(pending.nextDue(Set.of())).isEmpty();
    }

    @Test
    void whatIsClaimedIsDueAgainWhenItsLeaseEnds() {
        add(device(BOB), NOW, 1L);
        add(device(CAROL), NOW, 1L);
        assertThat(claim(NOW.minusMillis(1))).isEmpty();
        List<Claimed> first = pending.claim(NOW, LEASE, 1, ROOM).claimed();
        List<Claimed> second = claim(NOW);
        assertThat(first).hasSize(1);
        assertThat(second).hasSize(1).doesNotContainAnyElementsOf(first);
        assertThat(claim(NOW.plus(LEASE).minusMillis(1))).isEmpty();
        assertThat(claim(NOW.plus(LEASE)))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.attempt()).isEqualTo(2));
        // who was too slow changes nothing any more
        pending.settle(List.of(new Settled.Shown(first.getFirst(), 1)), NOW.plus(LEASE));
        assertThat(claim(NOW.plus(LEASE).plus(LEASE))).hasSize(2);
    }

    @Test
    void aReadMarkCancelsWhatWaitsAndTakesAwayWhatIsShown() throws SQLException {
        Device waiting = device(BOB);
        add(waiting, NOW, 1L, 2L);
        read(BOB, 1);
        assertThat(world.one("select seqs::text || ' ' || count from push_pending"))
                .isEqualTo("{2} 1");
        read(BOB, 2);
        assertThat(pending.nextDue(Set.of())).isEmpty();

        show(waiting, 3);
        read(CAROL, 3);
        assertThat(pending.nextDue(Set.of())).isEmpty();
        read(BOB, 3);
        Claimed row = claim(NOW.plusSeconds(1)).getFirst();
        assertThat(row.clears()).isTrue();
        pending.settle(List.of(new Settled.Cleared(row)), NOW);
        read(BOB, 3);
        assertThat(pending.nextDue(Set.of())).isEmpty();
    }

    @Test
    void whatIsReadWhileItIsSentIsTakenAwayAfterwards() {
        Device device = device(BOB);
        add(device, NOW, 1L);
        Claimed row = claim(NOW).getFirst();
        read(BOB, 1);
        pending.settle(List.of(new Settled.Shown(row, 1)), NOW.plusSeconds(1));
        assertThat(claim(NOW.plusSeconds(1)))
                .singleElement()
                .satisfies(again -> assertThat(again.clears()).isTrue());
    }

    @Test
    void aDeletedMessageIsReplacedByTheOneBeforeOrTakenAway() {
        Device device = device(BOB);
        add(device, NOW, 1L, 2L);
        pending.settle(List.of(new Settled.Shown(claim(NOW).getFirst(), 2)), NOW);
        delete(2);
        Claimed replaced = claim(NOW).getFirst();
        assertThat(replaced.seqs()).containsExactly(1L);
        assertThat(replaced.quiet()).isTrue();
        pending.settle(List.of(new Settled.Shown(replaced, 1)), NOW);
        assertThat(pending.nextDue(Set.of())).isEmpty();
        delete(1);
        assertThat(claim(NOW))
                .singleElement()
                .satisfies(row -> assertThat(row.clears()).isTrue());
    }

    @Test
    void aDeletedMessageThatWaitsIsNotSent() {
        Device device = device(BOB);
        add(device, NOW, 1L, 2L);
        delete(1);
        assertThat(claim(NOW)).singleElement().satisfies(row -> {
            assertThat(row.seqs()).containsExactly(2L);
            assertThat(row.count()).isEqualTo(1);
        });
        delete(2);
        assertThat(claim(NOW.plus(LEASE)))
                .as("what was in flight when it was deleted is taken away, in case it is shown")
                .singleElement()
                .satisfies(row -> assertThat(row.clears()).isTrue());
    }

    @Test
    void whatComesWhileItIsSentIsSentLater() {
        Device device = device(BOB);
        add(device, NOW, 1L);
        Claimed row = claim(NOW).getFirst();
        add(device, NOW.plusSeconds(2), 2L);
        pending.settle(List.of(new Settled.Shown(row, 1)), NOW);
        assertThat(pending.nextDue(Set.of())).contains(NOW.plus(COLLAPSE));
        assertThat(claim(NOW.plus(COLLAPSE)).getFirst().count()).isEqualTo(2);
    }

    @Test
    void aFailedAttemptIsTriedAtItsTimeAlsoIfMoreComes() {
        Device device = device(BOB);
        add(device, NOW, 1L);
        pending.settle(List.of(new Settled.Retried(claim(NOW).getFirst(), NOW.plusSeconds(90), "503")), NOW);
        add(device, NOW.plusSeconds(2), 2L);
        assertThat(pending.nextDue(Set.of())).contains(NOW.plusSeconds(90));
        Claimed again = claim(NOW.plusSeconds(90)).getFirst();
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.count()).isEqualTo(2);
        assertThat(again.waiting()).isEqualTo(NOW);
    }

    @Test
    void whatWasPostponedDoesNotCountAsAnAttempt() {
        Device device = device(BOB);
        add(device, NOW, 1L);
        pending.settle(List.of(new Settled.Postponed(claim(NOW).getFirst(), NOW.plusSeconds(2), false)), NOW);
        Claimed again = claim(NOW.plusSeconds(2)).getFirst();
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(again.waiting()).isEqualTo(NOW);
        pending.settle(List.of(new Settled.Postponed(again, NOW.plusSeconds(60), true)), NOW);
        assertThat(claim(NOW.plusSeconds(60)).getFirst().waiting()).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void whatWasGivenUpIsTriedAgainOnRequest() {
        Device device = device(BOB);
        add(device, NOW, 1L);
        pending.settle(List.of(new Settled.GivenUp(claim(NOW).getFirst(), Reason.GIVEN_UP, "dead")), NOW);
        assertThat(pending.nextDue(Set.of())).isEmpty();
        assertThat(pending.replay(NOW.plusSeconds(1), List.of(), NOW)).isZero();
        assertThat(pending.replay(NOW, List.of(device(CAROL).id()), NOW)).isZero();
        assertThat(pending.replay(NOW, List.of(device.id()), NOW)).isEqualTo(1);
        assertThat(pending.replay(NOW, List.of(), NOW)).isZero();
        assertThat(claim(NOW).getFirst().attempt()).isEqualTo(1);
    }

    @Test
    void whatEndedIsNotSentAndWhatComesAfterIsCountedAlone() {
        Device device = device(BOB);
        add(device, NOW, 1L, 2L);
        pending.settle(List.of(new Settled.Ended(claim(NOW).getFirst(), Reason.ONLINE)), NOW);
        assertThat(pending.nextDue(Set.of())).isEmpty();
        add(device, NOW, 3L);
        assertThat(claim(NOW).getFirst().count()).isEqualTo(1);
    }

    @Test
    void ofAnOriginNotMoreIsClaimedThanThereIsRoomFor() throws SQLException {
        for (int i = 0; i < 12; i++) {
            add(device(new UserId("u" + i)), NOW, 1L);
        }
        world.execute(
                "update push_pending set origin = (array['apns', 'full', 'one', 'two'])[1 + substr(user_id, 2)::int % 4]");
        assertThat(origins(new Room(Map.of("full", 0, "one", 1, "two", 2), 3)))
                .containsExactlyInAnyOrder("apns", "apns", "apns", "one", "two", "two");
        assertThat(pending.nextDue(Set.of("one", "two"))).hasValue(NOW);
        assertThat(pending.nextDue(Set.of("full", "one", "two"))).hasValue(NOW.plus(LEASE));
        assertThat(origins(new Room(Map.of("two", 1), 2)))
                .containsExactlyInAnyOrder("full", "full", "one", "one", "two");
        assertThat(origins(ROOM)).containsExactly("full");
    }

    private List<String> origins(Room room) {
        return pending.claim(NOW, LEASE, 100, room).claimed().stream()
                .map(Claimed::origin)
                .toList();
    }

    @Test
    void howOftenADeviceWasNotifiedInAMinuteIsKnown() {
        Device device = device(BOB);
        show(device, 1);
        ChannelName other = new ChannelName("group:other");
        pending.apply(
                changes(List.of(new Addition(
                        device.id(), BOB, other, EPOCH, "https://hook.example", List.of(1L), 1, false, NOW))),
                NOW);
        Claimed row = claim(NOW).getFirst();
        assertThat(row.sent()).isEqualTo(1);
        pending.settle(List.of(new Settled.Shown(row, 1)), NOW);
        add(device, NOW.plusSeconds(60), 2L);
        assertThat(claim(NOW.plusSeconds(60)).getFirst().sent()).isZero();
    }

    @Test
    void anotherEpochStartsAfresh() {
        Device device = device(BOB);
        show(device, 7);
        pending.apply(
                changes(List.of(new Addition(
                        device.id(), BOB, ENG, new Epoch("e2"), "https://hook.example", List.of(1L), 1, false, NOW))),
                NOW);
        Claimed row = claim(NOW).getFirst();
        assertThat(row.epoch()).isEqualTo(new Epoch("e2"));
        assertThat(row.count()).isEqualTo(1);
        assertThat(row.shown()).isZero();
    }

    @Test
    void aDeviceThatIsGoneAndARowThatCannotBeReadBlockNobody() throws SQLException {
        Device gone = device(BOB);
        add(gone, NOW, 1L);
        add(device(CAROL), NOW, 1L);
        world.execute("delete from device where user_id = 'bob'");
        world.execute("update push_pending set epoch = '' where user_id = 'carol'");
        var claims = pending.claim(NOW, LEASE, 10, ROOM);
        assertThat(claims.claimed()).isEmpty();
        assertThat(claims.unreadable()).hasSize(1);
        assertThat(world.one("select count(*) from push_pending")).isEqualTo("0");
    }

    @Test
    void messagesAreRememberedForATimeAndWhatIsShownForLonger() throws SQLException {
        Message.Key key = new Message.Key(ENG, EPOCH, 1);
        Message message = new Message(
                key, new ClientMessageId("m1"), CAROL, 5, new TraceId(1, 2), Reason.NOTIFY, Map.of(CAROL, Reason.OWN));
        pending.apply(new Changes(List.of(message), List.of(), List.of(), List.of()), NOW);
        pending.apply(new Changes(List.of(message), List.of(), List.of(), List.of()), NOW);
        assertThat(pending.messages(List.of(key))).containsExactly(Map.entry(key, message));
        show(device(BOB), 1);
        Device ended = device(CAROL);
        add(ended, NOW, 1L);
        pending.settle(List.of(new Settled.Ended(claim(NOW).getFirst(), Reason.ONLINE)), NOW);
        pending.forget(NOW, NOW);
        assertThat(pending.messages(List.of(key))).isNotEmpty();
        pending.forget(NOW.plusMillis(1), NOW);
        assertThat(pending.messages(List.of(key))).isEmpty();
        assertThat(world.one("select user_id from push_pending")).isEqualTo("bob");
        pending.forget(NOW.plusMillis(1), NOW.plusMillis(1));
        assertThat(world.one("select count(*) from push_pending")).isEqualTo("0");
    }

    /** Of a device that shows that message. */
    private void show(Device device, long seq) {
        add(device, NOW, seq);
        pending.settle(List.of(new Settled.Shown(claim(NOW).getFirst(), seq)), NOW);
    }

    private void add(Device device, Instant due, Long... seqs) {
        pending.apply(changes(List.of(addition(device, due, false, seqs))), NOW);
    }

    private static Addition addition(Device device, Instant due, boolean mentioned, Long... seqs) {
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

    private static List<Long> newest(Long... seqs) {
        return List.of(seqs).subList(Math.max(0, seqs.length - Pending.KEPT), seqs.length);
    }

    private static Changes changes(List<Addition> additions) {
        return new Changes(List.of(), List.of(), List.of(), additions);
    }

    private void read(UserId user, long seq) {
        pending.apply(new Changes(List.of(), List.of(new Read(ENG, EPOCH, user, seq)), List.of(), List.of()), NOW);
    }

    private void delete(long seq) {
        pending.apply(new Changes(List.of(), List.of(), List.of(new Deleted(ENG, EPOCH, seq)), List.of()), NOW);
    }

    private List<Claimed> claim(Instant now) {
        return pending.claim(now, LEASE, 10, ROOM).claimed();
    }

    private Device device(UserId user) {
        Target.Reachable target = new Target.Webhook(Endpoint.of("https://hook.example/" + user), "secret");
        return ((Registration.Created) devices.register(user, target, Optional.of(Prefs.NONE), NOW)).device();
    }
}
