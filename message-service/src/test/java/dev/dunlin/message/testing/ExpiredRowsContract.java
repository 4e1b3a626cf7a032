package dev.dunlin.message.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.message.retention.ExpiredRows;
import dev.dunlin.message.sequencer.Outcome;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand.AddMember;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.Operation;
import dev.dunlin.protocol.kafka.ChannelCommand.React;
import dev.dunlin.protocol.kafka.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ExpiredRows} keeps, and {@link dev.dunlin.message.history.History#firstEvent}
 * with it.
 */
public abstract class ExpiredRowsContract extends StoreContract {
    @Test
    public void theOldestEventsGoWithWhatBelongsToThem() {
        at(1_000, message("a", "old"));
        at(1_001, new React(1, new Emoji("x"), false));
        at(2_000, message("b", "new"));

        remove(1_500, 1_500, 100);

        assertThat(seqs()).containsExactly(3L);
        assertThat(store().history().messagesBefore(brief, 3, 10)).isEmpty();
        assertThat(store().history().firstEvent(brief, Long.MIN_VALUE)).contains(3L);
        assertThat(store().userData().reactions(alice, null, 10)).isEmpty();
        assertThat(store().directory().find(brief, bob).orElseThrow().channel().head())
                .isEqualTo(3);
    }

    @Test
    public void headAndSeqsGoOnWhenNothingIsLeft() {
        at(1_000, message("a", "old"));

        remove(5_000, 5_000, 100);

        assertThat(store().history().firstEvent(brief, Long.MIN_VALUE)).isEmpty();
        Outcome.Appended next = (Outcome.Appended) at(6_000, message("b", "new"));
        assertThat(next.logged().event().seq()).isEqualTo(2);
        assertThat(store().history().firstEvent(brief, Long.MIN_VALUE)).contains(2L);
    }

    @Test
    public void anIdStaysUntilItsOwnTimeAndItsDataDoesNot() {
        at(1_000, message("a", "old"));

        remove(5_000, 500, 100);

        assertThat(at(6_000, message("a", "again"))).isInstanceOf(Outcome.Duplicate.class);
        assertThat(store().history().messagesAfter(brief, 0, 10).toString()).doesNotContain("old");

        remove(5_000, 5_000, 100);

        assertThat(at(7_000, message("a", "again"))).isInstanceOf(Outcome.Appended.class);
    }

    @Test
    public void removingGoesOnInBatchesUntilAllIsDone() {
        for (int i = 0; i < 7; i++) {
            at(1_000L + i, message("m" + i, "x"));
        }

        assertThat(remove(1_005, 1_005, 2)).isEqualTo(5);
        assertThat(seqs()).containsExactly(6L, 7L);
        assertThat(remove(1_005, 1_005, 2)).isZero();
    }

    @Test
    public void whatIsRemovedIsNoLongerUnread() {
        at(1_000, message("a", "x"));
        at(2_000, new AddMember(alice, Role.MEMBER));
        at(3_000, message("b", "x"));
        assertThat(store().directory().find(brief, bob).orElseThrow().unread()).isEqualTo(3);

        remove(2_500, 2_500, 100);

        assertThat(store().directory().find(brief, bob).orElseThrow().unread()).isEqualTo(1);
    }

    @Test
    public void otherNamespacesStay() {
        run(alice, room, message("a", "x"));
        at(1_000, message("a", "x"));

        remove(Long.MAX_VALUE, Long.MAX_VALUE, 100);

        assertThat(store().history().events(room, 0, 10)).hasSize(1);
    }

    @Test
    public void theFirstEventSinceATimeIsFoundWithoutRemovingAnything() {
        for (int i = 1; i <= 9; i++) {
            at(1_000L * i, message("m" + i, "x"));
        }

        for (int i = 1; i <= 9; i++) {
            assertThat(store().history().firstEvent(brief, 1_000L * i)).contains((long) i);
            assertThat(store().history().firstEvent(brief, 1_000L * i - 1)).contains((long) i);
        }
        assertThat(store().history().firstEvent(brief, 9_001)).isEmpty();
        assertThat(store().history().firstEvent(new ChannelName("brief:none"), 0))
                .isEmpty();
    }

    private Outcome at(long time, Operation operation) {
        return at(time, alice, Grant.NONE, brief, operation);
    }

    private List<Long> seqs() {
        return store().history().events(brief, 0, 100).stream()
                .map(ServerFrame.LogEvent::seq)
                .toList();
    }

    private int remove(long before, long idsBefore, int most) {
        int events = 0;
        ExpiredRows.Progress progress = new ExpiredRows.Progress(0, true, null);
        while (progress.more()) {
            progress = store().expiredRows().remove("brief", progress.after(), before, idsBefore, most);
            events += progress.events();
        }
        return events;
    }
}
