package dev.dunlin.edge.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.dunlin.protocol.TraceId;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TraceSampleTest {
    private static final int IDS = 100_000;

    @Test
    void noneAndAll() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            TraceId trace = TraceId.next(random);
            assertThat(new TraceSample(0).contains(trace)).isFalse();
            assertThat(new TraceSample(1).contains(trace)).isTrue();
        }
    }

    @Test
    void aShareOfTheIdsAlsoWhenTheyAreCounted() {
        TraceSample sample = new TraceSample(0.01);
        long counted = LongStream.range(0, IDS)
                .filter(i -> sample.contains(new TraceId(1, i)))
                .count();
        assertThat(counted / (double) IDS).isCloseTo(0.01, within(0.002));
    }

    @Test
    void aServiceWithALargerShareLogsWhatTheOthersLog() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < IDS; i++) {
            TraceId trace = TraceId.next(random);
            if (new TraceSample(0.1).contains(trace)) {
                assertThat(new TraceSample(0.3).contains(trace)).isTrue();
            }
        }
    }

    @Test
    void theDecisionNeverChanges() {
        assertThat(new TraceSample(0.5).contains(new TraceId(0x0af7651916cd43ddL, 0x8448eb211c80319cL)))
                .as("services of two versions must agree")
                .isTrue(); // 0.40 of 0 to 1
    }

    @Test
    void aShareOutsideOfZeroToOneIsRefusedWithTheKey() {
        for (double wrong : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> new TraceSample(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("dunlin.trace.sample: " + wrong);
        }
    }
}
