package dev.dunlin.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofSeconds(1);

    @Test
    void pausesDoubleUpToTheBound() {
        Backoff backoff = new Backoff(FIRST, Duration.ofSeconds(5));

        assertThat(Stream.generate(backoff::next).limit(5).toList()).isEqualTo(seconds(1, 2, 4, 5, 5));
    }

    @Test
    void successBeginsAgainWithTheFirstPause() {
        Backoff backoff = new Backoff(FIRST, Duration.ofSeconds(5));
        backoff.next();
        backoff.next();

        backoff.reset();

        assertThat(backoff.next()).isEqualTo(FIRST);
    }

    @Test
    void pauseAfterAnyNumberOfFailuresIsBounded() {
        Backoff backoff = new Backoff(FIRST, Duration.ofSeconds(20), 3);

        assertThat(Stream.of(1, 2, 3, 4, Integer.MAX_VALUE).map(backoff::after).toList())
                .isEqualTo(seconds(1, 3, 9, 20, 20));
    }

    private static List<Duration> seconds(long... values) {
        return LongStream.of(values).mapToObj(Duration::ofSeconds).toList();
    }
}
