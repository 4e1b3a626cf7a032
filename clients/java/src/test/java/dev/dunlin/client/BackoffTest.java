package dev.dunlin.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void ceilingDoublesFromOneSecondToThirty() {
        assertThat(IntStream.range(0, 7).mapToObj(Backoff.STANDARD::ceiling))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
        assertThat(Backoff.STANDARD.ceiling(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void delayIsSpreadOverAllOfTheTimeUnderTheCeiling() {
        RandomGenerator random = new Random(1);
        assertThat(IntStream.range(0, 1000)
                        .mapToObj(i -> Backoff.STANDARD.delay(3, random))
                        .toList())
                .allSatisfy(delay -> assertThat(delay).isBetween(Duration.ZERO, Duration.ofSeconds(8)))
                .anySatisfy(delay -> assertThat(delay).isLessThan(Duration.ofSeconds(1)))
                .anySatisfy(delay -> assertThat(delay).isGreaterThan(Duration.ofSeconds(7)));
    }

    @Test
    void refusesACeilingBelowTheFirst() {
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
