package dev.dunlin.message.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dunlin.message.sequencer.LogPosition;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class TopicIncarnationTest {
    private static final Uuid FIRST = new Uuid(1, 2);
    private static final Uuid SECOND = new Uuid(3, 4);

    private Optional<Uuid> now = Optional.of(FIRST);
    private int asked;

    private final TopicIncarnation topic = new TopicIncarnation(() -> {
        asked++;
        return now;
    });

    @Test
    void aTopicThatWasCreatedAgainHasOtherPositionsAtTheSameOffsets() {
        take(3, 10);
        LogPosition old = topic.position(3, 10);
        now = Optional.of(SECOND);

        take(3, 0);

        assertThat(topic.position(3, 10)).isNotEqualTo(old);
        assertThat(old.covers(topic.position(3, 0))).isFalse();
    }

    @Test
    void whoeverLooksAtATopicSeesTheSamePositions() {
        TopicIncarnation other = new TopicIncarnation(() -> Optional.of(FIRST));
        other.learn();
        topic.learn();

        assertThat(topic.position(3, 10)).isEqualTo(other.position(3, 10)).isNotEqualTo(topic.position(4, 10));
    }

    @Test
    void isAskedOnceAndAgainOnlyWhenOffsetsGoBack() {
        take(0, 1);
        take(0, 2);
        take(1, 0);
        assertThat(asked).isEqualTo(1);

        take(0, 2);

        assertThat(asked).isEqualTo(2);
    }

    @Test
    void aBatchThatFailedAndComesAgainAsksNobody() {
        take(0, 1);
        topic.expect(record(0, 2));
        topic.expect(record(0, 2));

        assertThat(asked).isEqualTo(1);
    }

    @Test
    void withoutAnIdAPositionIsKafkas() {
        now = Optional.of(Uuid.ZERO_UUID);
        topic.learn();

        assertThat(topic.position(7, 9)).isEqualTo(new LogPosition(7, 9));
    }

    @Test
    void aTopicThatIsNotThereYetIsAskedForWithItsFirstRecord() {
        now = Optional.empty();
        topic.learn();
        now = Optional.of(FIRST);

        take(0, 0);

        assertThat(topic.position(0, 0)).isNotEqualTo(new LogPosition(0, 0));
    }

    @Test
    void aPartitionThatHasNoRoomIsRefused() {
        assertThatThrownBy(() -> topic.position(1 << 16, 0)).isInstanceOf(KafkaException.class);
    }

    private void take(int partition, long offset) {
        topic.expect(record(partition, offset));
        topic.taken(record(partition, offset));
    }

    private static ConsumerRecord<String, byte[]> record(int partition, long offset) {
        return new ConsumerRecord<>("commands", partition, offset, "key", new byte[0]);
    }
}
