package dev.dunlin.connection.catchup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.connection.fake.CountingMetrics;
import dev.dunlin.connection.fake.MemoryLog;
import dev.dunlin.connection.fake.SlowLog;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ChannelName;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogPagesTest {
    private static final ChannelName CHANNEL = new ChannelName("room:lobby");

    private final MemoryLog log = new MemoryLog();
    private final SlowLog slow = new SlowLog(log);
    private final CountingMetrics metrics = new CountingMetrics();
    private final LogPages pages = new LogPages(slow, 2, 5, metrics);

    @Test
    void thousandWhoAskForTheSameCostOneCall() {
        log.head(5);
        List<CompletionStage<FramePage>> asked = IntStream.range(0, 1_000)
                .mapToObj(i -> pages.shared(CHANNEL, 2))
                .toList();
        assertThat(slow.waiting()).isEqualTo(1);
        slow.answer();
        assertThat(asked).allSatisfy(page -> assertThat(seqs(page)).containsExactly(3L, 4L, 5L));
        assertThat(metrics.shared).hasValue(999);
    }

    @Test
    void whoMustKnowWhatIsThereNowDoesNotShareAnOlderCall() {
        pages.shared(CHANNEL, 2);
        pages.fresh(CHANNEL, 2);
        assertThat(slow.waiting()).isEqualTo(2);
    }

    @Test
    void pageIsAskedForAgainOnceItWasAnswered() {
        log.head(3);
        CompletionStage<FramePage> first = pages.shared(CHANNEL, 2);
        slow.answer();
        log.head(4);
        CompletionStage<FramePage> second = pages.shared(CHANNEL, 2);
        slow.answer();
        assertThat(seqs(first)).containsExactly(3L);
        assertThat(seqs(second)).containsExactly(3L, 4L);
    }

    @Test
    void onlySoManyCallsAreUnderWayAndSoManyInLine() {
        List<CompletionStage<FramePage>> asked = IntStream.range(0, 8)
                .mapToObj(position -> pages.shared(CHANNEL, position))
                .toList();
        assertThat(slow.waiting()).isEqualTo(2);
        assertThat(asked.get(7).toCompletableFuture()).isCompletedExceptionally();
        assertThat(failure(asked.get(7))).isInstanceOf(RefusedException.class);
        for (int i = 0; i < 7; i++) {
            slow.answer();
        }
        assertThat(asked.subList(0, 7))
                .allSatisfy(page -> assertThat(page.toCompletableFuture()).isCompleted());
    }

    @Test
    void failureReachesAllWhoShareAndIsNotKept() {
        log.unreachable(true);
        CompletionStage<FramePage> first = pages.shared(CHANNEL, 0);
        CompletionStage<FramePage> second = pages.shared(CHANNEL, 0);
        slow.answer();
        assertThat(failure(first)).isInstanceOf(RefusedException.class);
        assertThat(failure(second)).isInstanceOf(RefusedException.class);
        log.unreachable(false);
        log.head(1);
        CompletionStage<FramePage> third = pages.shared(CHANNEL, 0);
        slow.answer();
        assertThat(seqs(third)).containsExactly(1L);
    }

    @Test
    void callsThatAreAnsweredAtOnceDoNotNest() {
        LogPages many = new LogPages(slow, 1, 50_000, metrics);
        for (int position = 0; position < 50_000; position++) {
            many.shared(CHANNEL, position);
        }
        assertThat(slow.waiting()).isEqualTo(1);
        while (slow.waiting() > 0) {
            slow.answer();
        }
        assertThat(log.calls()).isEqualTo(50_000);
    }

    private static List<Long> seqs(CompletionStage<FramePage> page) {
        return page.toCompletableFuture().join().frames().stream()
                .map(LoggedFrame::seq)
                .toList();
    }

    private static Throwable failure(CompletionStage<FramePage> page) {
        try {
            page.toCompletableFuture().join();
            throw new AssertionError("it did not fail");
        } catch (CompletionException e) {
            return e.getCause() == null ? e : e.getCause();
        }
    }
}
