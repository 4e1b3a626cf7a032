package dev.dunlin.presence.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.protocol.kafka.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaSessionLogTest {
    private static final int SHARD = 7;
    private static final Duration CATCH_UP = Duration.ofSeconds(8);

    private final TopicPartition partition = new TopicPartition(Topics.SESSION_EVENTS, SHARD);
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("latest");
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private Duration sinceHeartbeat = Duration.ZERO;
    private final KafkaSessionLog log =
            new KafkaSessionLog(consumer, () -> sinceHeartbeat, Duration.ofSeconds(6), () -> now);

    @BeforeEach
    void fill() {
        consumer.assign(List.of(partition));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.updateEndOffsets(Map.of(partition, 10L));
    }

    @Test
    void aShardIsExhaustedWhenItsLastRecordIsApplied() {
        assertThat(log.exhausted(Map.of(SHARD, 9L))).isEmpty();
        assertThat(log.exhausted(Map.of(SHARD, 10L))).containsExactly(SHARD);
    }

    @Test
    void whileKafkaDoesNotAnswerAndShortlyAfterNothingIs() {
        consumer.setOffsetsException(new TimeoutException("no answer"));
        assertThat(log.exhausted(Map.of(SHARD, 10L))).isEmpty();
        consumer.setOffsetsException(null);
        now = now.plus(CATCH_UP).minusMillis(1);
        assertThat(log.exhausted(Map.of(SHARD, 10L))).isEmpty();
        now = now.plusMillis(1);
        assertThat(log.exhausted(Map.of(SHARD, 10L))).containsExactly(SHARD);
    }

    @Test
    void anOutageInWhichNobodyAskedIsNoticedByTheMissingHeartbeat() {
        sinceHeartbeat = Duration.ofSeconds(7);
        log.watch();
        sinceHeartbeat = Duration.ZERO;
        log.watch();
        assertThat(log.exhausted(Map.of(SHARD, 10L))).isEmpty();
        now = now.plus(CATCH_UP);
        assertThat(log.exhausted(Map.of(SHARD, 10L))).containsExactly(SHARD);
    }
}
