package dev.dunlin.benchmark.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.benchmark.report.Latency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KneeTest {
    @Test
    void theKneeIsTheRateWithTheMostThroughputForItsLatency() {
        assertThat(Knee.of(List.of(row(100, 5, 0), row(1_000, 6, 0), row(5_000, 10, 0), row(10_000, 80, 0))))
                .isEqualTo(5_000);
    }

    @Test
    void aRoundThatLostMessagesIsNoKnee() {
        assertThat(Knee.of(List.of(row(100, 5, 0), row(10_000, 5, 1)))).isEqualTo(100);
        assertThat(Knee.of(List.of())).isZero();
    }

    private static Figures.Row row(double rate, double p99, long lost) {
        Latency latency = new Latency(1, p99 / 2, p99, p99, p99, p99);
        return new Figures.Row(rate, latency, latency, 1, lost, 0, 0, 0, Map.of(), 0);
    }
}
