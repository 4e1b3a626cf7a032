package dev.dunlin.message.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.message.command.Batch;
import dev.dunlin.message.testing.Kept;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private static final TopicPartition ZERO = new TopicPartition("t", 0);
    private static final TopicPartition ONE = new TopicPartition("t", 1);

    private final InFlight inFlight = new InFlight();

    @Test
    void whatIsDoneIsTakenOutUpToTheFirstThatIsNot() {
        Batch first = add(Map.of(ZERO, records(ZERO, 10, 11), ONE, records(ONE, 5)));
        Batch second = add(Map.of(ZERO, records(ZERO, 12)));
        Batch third = add(Map.of(ZERO, records(ZERO, 13)));
        third.done().complete(null);
        assertThat(inFlight.takeDone()).as("offsets are committed in order").isEmpty();

        assertThat(inFlight.records()).isEqualTo(5);
        first.done().complete(null);
        assertThat(inFlight.takeDone()).isEqualTo(Map.of(ZERO, 12L, ONE, 6L));
        assertThat(inFlight.records()).isEqualTo(2);
        second.done().complete(null);
        assertThat(inFlight.takeDone()).isEqualTo(Map.of(ZERO, 14L));
        assertThat(inFlight.oldest()).isEmpty();
    }

    @Test
    void afterAFailureAllComesAgainFromItsFirstRecord() {
        Batch first = add(Map.of(ZERO, records(ZERO, 10, 11)));
        Batch second = add(Map.of(ZERO, records(ZERO, 12), ONE, records(ONE, 5)));
        Batch third = add(Map.of(ONE, records(ONE, 6)));
        first.done().complete(null);
        second.done().completeExceptionally(new IllegalStateException());
        assertThat(inFlight.allOver()).isFalse();
        third.done().complete(null);

        assertThat(inFlight.takeDone()).isEqualTo(Map.of(ZERO, 12L));
        assertThat(inFlight.oldest()).containsSame(second);
        assertThat(inFlight.allOver()).isTrue();
        assertThat(inFlight.takeAll()).isEqualTo(Map.of(ZERO, 12L, ONE, 5L));
        assertThat(inFlight.oldest()).isEmpty();
    }

    @Test
    void theBatchThatIsStoredNextIsFoundWhenTooManyAreNotStored() {
        Batch first = add(Map.of(ZERO, records(ZERO, 10)));
        Batch second = add(Map.of(ZERO, records(ZERO, 11)));
        assertThat(inFlight.unstored(3)).isEmpty();
        assertThat(inFlight.unstored(2)).containsSame(first);

        first.stored().complete(null);
        assertThat(inFlight.unstored(2)).isEmpty();
        assertThat(inFlight.unstored(1)).containsSame(second);
    }

    @Test
    void whatIsDoneOfALostPartitionIsNotCommittedAndDoesNotComeAgain() {
        Batch first = add(Map.of(ZERO, records(ZERO, 10), ONE, records(ONE, 5)));
        assertThat(inFlight.holds(List.of(ONE))).isTrue();

        inFlight.forget(List.of(ONE));

        assertThat(inFlight.holds(List.of(ONE))).isFalse();
        first.done().complete(null);
        assertThat(inFlight.takeDone()).isEqualTo(Map.of(ZERO, 11L));
        add(Map.of(ZERO, records(ZERO, 11), ONE, records(ONE, 6)))
                .done()
                .completeExceptionally(new IllegalStateException());
        inFlight.forget(List.of(ZERO));
        assertThat(inFlight.takeAll()).isEqualTo(Map.of(ONE, 6L));
    }

    private Batch add(Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> records) {
        Batch batch = new Batch(List.of(), List.of(), new Kept());
        inFlight.add(new ConsumerRecords<>(records, Map.of()), batch);
        return batch;
    }

    private static List<ConsumerRecord<String, byte[]>> records(TopicPartition partition, long... offsets) {
        return Arrays.stream(offsets)
                .mapToObj(offset ->
                        new ConsumerRecord<>(partition.topic(), partition.partition(), offset, "room:a", new byte[0]))
                .toList();
    }
}
