package dev.dunlin.connection.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.fake.CountingMetrics;
import dev.dunlin.connection.fake.MemoryLink;
import dev.dunlin.protocol.CloseCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final MemoryLink link = new MemoryLink(Runnable::run);
    private final CountingMetrics metrics = new CountingMetrics();
    /** Room for three frames of one byte and their cost of 32. */
    private final Outbox outbox = new Outbox(link, 99, metrics);

    @Test
    void framesGoStraightToALinkThatTakesThem() {
        outbox.offer(frame("a"));
        assertThat(link.sent()).containsExactly("a");
    }

    @Test
    void waitingFramesGoInOrderWhenTheLinkTakesMore() {
        link.room(1);
        offer("a", "b", "c");
        assertThat(link.sent()).containsExactly("a");
        link.room(1);
        outbox.flush();
        outbox.offer(frame("d"));
        assertThat(link.sent()).containsExactly("a", "b");
        link.room(5);
        outbox.flush();
        assertThat(link.sent()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void runOfFramesGoesInOnePieceOnlyToALinkThatHasRoomAndTakesRuns() {
        FrameRun run = new FrameRun(List.of(frame("a"), frame("b")));
        outbox.offer(run);
        assertThat(link.sent()).containsExactly("a", "b");
        assertThat(link.runs()).isZero();
        link.takesRuns();
        outbox.offer(run);
        assertThat(link.runs()).isOne();
        link.room(1);
        offer("c", "d");
        outbox.offer(run);
        link.room(9);
        outbox.flush();
        assertThat(link.runs()).isOne();
        assertThat(link.sent()).containsExactly("a", "b", "a", "b", "c", "d", "a", "b");
    }

    @Test
    void fullOutboxDropsEphemeralFramesFirst() {
        link.room(0);
        outbox.offerEphemeral(frame("e"));
        offer("a", "b", "c");
        assertThat(metrics.dropped).hasValue(1);
        assertThat(link.closed()).isNull();
        link.room(9);
        outbox.flush();
        assertThat(link.sent()).containsExactly("a", "b", "c");
    }

    @Test
    void ephemeralFrameIsDroppedWhenOnlyOthersWait() {
        link.room(0);
        offer("a", "b", "c");
        outbox.offerEphemeral(frame("e"));
        assertThat(metrics.dropped).hasValue(1);
        assertThat(link.closed()).isNull();
    }

    @Test
    void slowConsumerIsClosedWhenNothingCanBeDropped() {
        link.room(0);
        offer("a", "b", "c", "d");
        assertThat(link.closed()).isEqualTo(CloseCode.SLOW_CONSUMER);
        link.room(9);
        outbox.flush();
        assertThat(link.sent()).isEmpty();
    }

    @Test
    void whoWaitsForRoomIsCalledOnceThereIs() {
        List<String> called = new ArrayList<>();
        link.room(0);
        offer("a", "b");
        outbox.whenRoomy(() -> called.add("roomy"));
        assertThat(called).isEmpty();
        link.room(9);
        outbox.flush();
        assertThat(called).containsExactly("roomy");
    }

    @Test
    void slowLinkGetsTheLatestMessageAndAGapForThoseBeforeIt() {
        Outbox slow = new Outbox(link, 2_000, metrics);
        Latest ticker = new Latest((from, to) -> frame("gap " + from + "-" + to));
        link.room(2);
        for (int seq = 1; seq <= 1_000; seq++) {
            slow.offerLatest(ticker, seq, frame("m" + seq));
        }
        assertThat(link.closed()).isNull();
        link.room(Integer.MAX_VALUE);
        slow.flush();
        assertThat(link.sent()).containsExactly("m1", "m2", "gap 3-999", "m1000");
        assertThat(metrics.conflated).hasValue(997);
    }

    @Test
    void linkThatTakesEverythingGetsEveryMessage() {
        Outbox fast = new Outbox(link, 2_000, metrics);
        Latest ticker = new Latest((from, to) -> frame("gap " + from + "-" + to));
        for (int seq = 1; seq <= 1_000; seq++) {
            fast.offerLatest(ticker, seq, frame("m" + seq));
        }
        assertThat(link.sent()).hasSize(1_000).noneMatch(text -> text.startsWith("gap"));
    }

    @Test
    void shortStandstillLeavesNothingOut() {
        Outbox brief = new Outbox(link, 2_000, metrics);
        Latest ticker = new Latest((from, to) -> frame("gap " + from + "-" + to));
        link.room(0);
        brief.offerLatest(ticker, 1, frame("m1"));
        brief.offerLatest(ticker, 2, frame("m2"));
        link.room(Integer.MAX_VALUE);
        brief.flush();
        assertThat(link.sent()).containsExactly("m1", "m2");
    }

    @Test
    void eventsThatAreNoMessagesStayInTheirPlace() {
        Outbox slow = new Outbox(link, 2_000, metrics);
        Latest ticker = new Latest((from, to) -> frame("gap " + from + "-" + to));
        link.room(0);
        for (int seq = 1; seq <= 40; seq++) {
            if (seq % 10 == 0) {
                slow.offerBetween(ticker, frame("edited" + seq));
            } else {
                slow.offerLatest(ticker, seq, frame("m" + seq));
            }
        }
        slow.offerLatest(ticker, 41, frame("m41"));
        slow.offerLatest(ticker, 42, frame("m42"));
        link.room(Integer.MAX_VALUE);
        slow.flush();
        assertThat(link.sent())
                .containsExactly(
                        "gap 1-9",
                        "edited10",
                        "gap 11-19",
                        "edited20",
                        "gap 21-29",
                        "edited30",
                        "gap 31-39",
                        "edited40",
                        "gap 41-41",
                        "m42");
    }

    @Test
    void whatALinkTakesNowAndThenIsInOrderAndWithoutASilentHole() {
        Outbox slow = new Outbox(link, 3_000, metrics);
        Latest ticker = new Latest((from, to) -> frame("gap " + from + "-" + to));
        Latest other = new Latest((from, to) -> frame("other gap " + from + "-" + to));
        Random random = new Random(7);
        link.room(0);
        for (int seq = 1; seq <= 5_000; seq++) {
            if (random.nextInt(200) == 0) {
                slow.offerBetween(ticker, frame("m" + seq));
            } else {
                slow.offerLatest(ticker, seq, frame("m" + seq));
            }
            slow.offerLatest(other, seq, frame("other m" + seq));
            if (random.nextInt(10) == 0) {
                link.room(random.nextInt(6));
                slow.flush();
            }
        }
        link.room(Integer.MAX_VALUE);
        slow.flush();
        assertThat(link.closed()).isNull();
        assertThat(covered("")).isEqualTo(5_000);
        assertThat(covered("other ")).isEqualTo(5_000);
        assertThat(metrics.conflated).hasValueGreaterThan(1_000);
    }

    /** Checks that what was sent of a channel covers every seq once, in order; returns the last. */
    private long covered(String channel) {
        long last = 0;
        for (String text : link.sent()) {
            if (text.matches(channel + "(m|gap ).*")) {
                String[] bounds = text.replaceAll("[a-z ]", "").split("-", -1);
                assertThat(Long.parseLong(bounds[0])).as(text).isEqualTo(last + 1);
                last = Long.parseLong(bounds[bounds.length - 1]);
            }
        }
        return last;
    }

    @Test
    void otherFramesStillCloseASlowLink() {
        Outbox slow = new Outbox(link, 2_000, metrics);
        Latest ticker = new Latest((from, to) -> frame("gap " + from + "-" + to));
        link.room(0);
        for (int seq = 1; seq <= 100 && link.closed() == null; seq++) {
            slow.offerLatest(ticker, seq, frame("m" + seq));
            slow.offer(frame("must arrive"));
        }
        assertThat(link.closed()).isEqualTo(CloseCode.SLOW_CONSUMER);
    }

    private void offer(String... frames) {
        for (String text : frames) {
            outbox.offer(frame(text));
        }
    }

    private static byte[] frame(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
