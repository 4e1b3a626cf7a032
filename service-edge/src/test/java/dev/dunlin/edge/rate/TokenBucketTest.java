package dev.dunlin.edge.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private final AtomicLong now = new AtomicLong(1_000);
    private final TokenBucket bucket = new TokenBucket(10, () -> Instant.ofEpochMilli(now.get()));

    @Test
    void takesASecondsWorthAtOnceAndThenSaysHowLongToWait() {
        for (int i = 0; i < 10; i++) {
            assertThat(bucket.take()).isZero();
        }
        assertThat(bucket.take()).isEqualTo(100);
        now.addAndGet(100);
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isPositive();
    }

    @Test
    void burstIsThereAtOnceAndThenOnlyTheRate() {
        TokenBucket bursts = new TokenBucket(10, 30, () -> Instant.ofEpochMilli(now.get()));
        for (int i = 0; i < 30; i++) {
            assertThat(bursts.take()).isZero();
        }
        assertThat(bursts.take()).isEqualTo(100);
        now.addAndGet(2_000);
        assertThat(bursts.full()).isFalse();
        now.addAndGet(1_000);
        assertThat(bursts.full()).isTrue();
    }

    @Test
    void neverHoldsMoreThanASecondsWorthAndBearsAClockThatGoesBack() {
        now.addAndGet(3_600_000);
        for (int i = 0; i < 10; i++) {
            assertThat(bucket.take()).isZero();
        }
        now.addAndGet(-5_000);
        assertThat(bucket.take()).isPositive();
        now.addAndGet(100);
        assertThat(bucket.take()).isZero();
    }
}
