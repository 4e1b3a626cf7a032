package dev.dunlin.connection.catchup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.Epoch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HotTailTest {
    private static final Epoch EPOCH = new Epoch("e1");
    /** A frame of 36 bytes costs 100. */
    private final TailBudget budget = new TailBudget(new TailBudget.Limits(5, 400, 700));

    private final HotTail tail = new HotTail(budget);

    @Test
    void whoMissedOnlyTheLastEventsIsServed() {
        add(tail, 11, 12, 13);
        assertThat(after(tail, 10)).containsExactly(11L, 12L, 13L);
        assertThat(after(tail, 12)).containsExactly(13L);
    }

    @Test
    void whoMissedMoreIsNot() {
        add(tail, 11, 12, 13);
        assertThat(tail.after(9, EPOCH)).isEmpty();
        assertThat(tail.after(13, EPOCH)).isEmpty();
        assertThat(new HotTail(budget).after(0, EPOCH)).isEmpty();
    }

    @Test
    void channelKeepsNoMoreThanItsBytes() {
        add(tail, 1, 2, 3, 4, 5, 6);
        assertThat(tail.after(1, EPOCH)).isEmpty();
        assertThat(after(tail, 2)).containsExactly(3L, 4L, 5L, 6L);
        assertThat(budget.bytes()).isEqualTo(400);
    }

    @Test
    void channelKeepsNoMoreEventsThanItMay() {
        HotTail many = new HotTail(new TailBudget(new TailBudget.Limits(2, 10_000, 10_000)));
        add(many, 1, 2, 3);
        assertThat(many.after(0, EPOCH)).isEmpty();
        assertThat(after(many, 1)).containsExactly(2L, 3L);
    }

    @Test
    void quietestChannelMakesRoomWhenTheNodeIsFull() {
        HotTail busy = new HotTail(budget);
        add(tail, 1, 2, 3, 4);
        add(busy, 1, 2, 3, 4);
        assertThat(tail.after(0, EPOCH)).isEmpty();
        assertThat(after(tail, 1)).containsExactly(2L, 3L, 4L);
        assertThat(after(busy, 0)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(budget.bytes()).isEqualTo(700);
    }

    @Test
    void clearedTailGivesItsBytesBack() {
        add(tail, 1, 2);
        tail.clear();
        tail.clear();
        assertThat(budget.bytes()).isZero();
        assertThat(tail.after(0, EPOCH)).isEmpty();
    }

    @Test
    void eventThatIsTooLargeLeavesNothingBehind() {
        add(tail, 1);
        tail.add(new LoggedFrame(2, new byte[1_000]));
        assertThat(budget.bytes()).isZero();
        add(tail, 3);
        assertThat(after(tail, 2)).containsExactly(3L);
    }

    @Test
    void whatWasDeletedIsKeptByNobody() {
        add(tail, 1, 2);
        tail.add(new LoggedFrame(3, "{\"type\":\"deleted\",\"seq\":3}".getBytes(StandardCharsets.UTF_8)));
        assertThat(tail.after(1, EPOCH)).isEmpty();
        assertThat(after(tail, 2)).containsExactly(3L);
    }

    @Test
    void boundOfZeroKeepsNothing() {
        TailBudget none = new TailBudget(new TailBudget.Limits(0, 0, 0));
        HotTail empty = new HotTail(none);
        add(empty, 1, 2);
        assertThat(empty.after(0, EPOCH)).isEmpty();
        assertThat(none.bytes()).isZero();
    }

    private static void add(HotTail tail, long... seqs) {
        for (long seq : seqs) {
            tail.add(new LoggedFrame(seq, new byte[36]));
        }
    }

    private static List<Long> after(HotTail tail, long position) {
        return tail.after(position, EPOCH).orElseThrow().frames().stream()
                .map(LoggedFrame::seq)
                .toList();
    }
}
