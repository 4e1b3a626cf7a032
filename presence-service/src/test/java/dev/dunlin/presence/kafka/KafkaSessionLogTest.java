package dev.dunlin.presence.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.presence.PresenceUnavailable;
import dev.dunlin.presence.owner.SessionLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.Test;

class KafkaSessionLogTest {
    private static final int SHARD = 7;
    private static final Duration CATCH_UP = Duration.ofSeconds(8);

    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private Duration sinceHeartbeat = Duration.ZERO;
    private boolean unreachable;
    private final KafkaSessionLog log = new KafkaSessionLog(
            new MockConsumer<>("latest"), extents(), () -> sinceHeartbeat, Duration.ofSeconds(6), () -> now);

    private KafkaSessionLog.Extents extents() {
        return new KafkaSessionLog.Extents() {
            @Override
            public Map<Integer, SessionLog.Extent> of(Collection<Integer> shards) {
                if (unreachable) {
                    throw new PresenceUnavailable("no answer", null);
                }
                return Map.of(SHARD, new SessionLog.Extent(0, 10));
            }

            @Override
            public OptionalLong committed(int shard) {
                return OptionalLong.empty();
            }
        };
    }

    @Test
    void aShardIsExhaustedWhenItsLastRecordIsApplied() {
        assertThat(log.exhausted(Map.of(SHARD, 9L))).isEmpty();
        assertThat(log.exhausted(Map.of(SHARD, 10L))).containsExactly(SHARD);
    }

    @Test
    void whileKafkaDoesNotAnswerAndShortlyAfterNothingIs() {
        unreachable = true;
        assertThat(log.exhausted(Map.of(SHARD, 10L))).isEmpty();
        unreachable = false;
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
