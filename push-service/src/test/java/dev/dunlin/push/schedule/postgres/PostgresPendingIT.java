package dev.dunlin.push.schedule.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.push.decision.Reason;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.schedule.Pending.Addition;
import dev.dunlin.push.schedule.Pending.Changes;
import dev.dunlin.push.schedule.Pending.Claimed;
import dev.dunlin.push.schedule.Pending.Message;
import dev.dunlin.push.schedule.Pending.Settled;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PostgresPendingIT extends PendingWorld {
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
}
