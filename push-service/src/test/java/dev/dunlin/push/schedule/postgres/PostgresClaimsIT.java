package dev.dunlin.push.schedule.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.decision.Reason;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.provider.Providers.Room;
import dev.dunlin.push.schedule.Pending.Addition;
import dev.dunlin.push.schedule.Pending.Claimed;
import dev.dunlin.push.schedule.Pending.Settled;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who gets rows that are due, and what becomes of them. */
class PostgresClaimsIT extends PendingWorld {
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
}
