package dev.dunlin.push.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration MOST = Duration.ofSeconds(60);

    private final RandomGenerator random = new Random(7);
    private final RetryPolicy policy = new RetryPolicy(5, FIRST, MOST);

    @Test
    void itGrowsToABound() {
        assertThat(after(1, Optional.empty())).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
        assertThat(after(2, Optional.empty())).isBetween(Duration.ofSeconds(12), Duration.ofSeconds(18));
        assertThat(after(3, Optional.empty())).isBetween(Duration.ofSeconds(36), Duration.ofSeconds(54));
        assertThat(after(4, Optional.empty())).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(72));
    }

    @Test
    void theLastFailureIsTheLast() {
        assertThat(policy.after(5, Optional.empty(), random)).isEmpty();
        assertThat(policy.after(6, Optional.of(FIRST), random)).isEmpty();
    }

    @Test
    void whoAsksForMoreTimeGetsItUpToAnHour() {
        assertThat(after(1, Optional.of(Duration.ofMinutes(20)))).isEqualTo(Duration.ofMinutes(20));
        assertThat(after(1, Optional.of(Duration.ofDays(20)))).isEqualTo(Duration.ofHours(1));
        assertThat(after(1, Optional.of(Duration.ofSeconds(1)))).isGreaterThanOrEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void whatFailedTogetherComesBackApart() {
        assertThat(after(1, Optional.empty())).isNotEqualTo(after(1, Optional.empty()));
    }

    @Test
    void valuesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new RetryPolicy(0, FIRST, MOST)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(1, MOST, FIRST)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ZERO, MOST)).isInstanceOf(IllegalArgumentException.class);
    }

    private Duration after(int attempt, Optional<Duration> asked) {
        return policy.after(attempt, asked, random).orElseThrow();
    }
}
