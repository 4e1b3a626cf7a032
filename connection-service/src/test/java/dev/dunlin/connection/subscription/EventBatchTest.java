package dev.dunlin.connection.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.UserId;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventBatchTest {
    private static LiveEvent event(long seq, int bytes) {
        return new LiveEvent(seq, seq, new byte[bytes], null);
    }

    private static List<List<Long>> seqs(LiveEvent... events) {
        return EventBatch.batches(List.of(events)).stream()
                .map(batch -> batch.events().stream().map(LiveEvent::seq).toList())
                .toList();
    }

    @Test
    void eventsGoTogetherInOrder() {
        assertThat(seqs(event(1, 10), event(2, 10), event(3, 10))).containsExactly(List.of(1L, 2L, 3L));
    }

    @Test
    void batchIsNotLargerThanItsBoundUnlessOneEventIs() {
        int half = EventBatch.MOST_BYTES / 2;
        assertThat(seqs(event(1, half), event(2, half), event(3, 3 * half), event(4, 1), event(5, 1)))
                .containsExactly(List.of(1L, 2L), List.of(3L), List.of(4L, 5L));
    }

    @Test
    void endOfAMembershipAndAGapAreAlone() {
        LiveEvent left = new LiveEvent(3, 3, new byte[1], new UserId("bob"));
        LiveEvent gap = LiveEvent.gap(HubFixture.CHANNEL, 6, 9);
        assertThat(seqs(event(1, 1), event(2, 1), left, event(4, 1), event(5, 1), gap, event(10, 1)))
                .containsExactly(List.of(1L, 2L), List.of(3L), List.of(4L, 5L), List.of(9L), List.of(10L));
    }

    @Test
    void eventsThatComeBeforeTheLoopTakesThemAreTakenTogetherAndLaterOnesAreNot() {
        QueuedEvents queued = new QueuedEvents(List.of(event(1, 1)));
        assertThat(queued.add(List.of(event(2, 1), event(3, 1)))).isTrue();
        assertThat(queued.take().stream()
                        .flatMap(batch -> batch.events().stream())
                        .map(LiveEvent::seq))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 3).boxed().toList());
        assertThat(queued.add(List.of(event(4, 1)))).isFalse();
    }

    @Test
    void batchCoversTheSeqsOfItsEvents() {
        EventBatch batch = EventBatch.batches(List.of(event(4, 1), event(5, 1), event(6, 1)))
                .getFirst();
        assertThat(Stream.of(batch.first(), batch.last())).containsExactly(4L, 6L);
        assertThat(batch.frames().frames()).hasSize(3);
    }
}
