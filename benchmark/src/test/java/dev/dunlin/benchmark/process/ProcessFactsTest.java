package dev.dunlin.benchmark.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessFactsTest {
    @Test
    void theNameOfACommandMayHoldSpacesAndParentheses() {
        CpuTimes.Stat stat =
                CpuTimes.Stat.parse("42 (postgres: a (b) c) S 7 42 42 0 -1 4194304 100 0 0 0 30 12 5 3 20 0 1 0 1 2 3");
        assertThat(stat).isEqualTo(new CpuTimes.Stat(42, 7));
    }

    @Test
    void theSchedulersCounterIsTheFirstNumber() {
        assertThat(CpuTimes.nanos("123456789012 5 77\n")).isEqualTo(123_456_789_012L);
        CpuTimes before = new CpuTimes(Map.of("redis", Map.of(1L, 100L, 2L, 50L)));
        CpuTimes after = new CpuTimes(Map.of("redis", Map.of(1L, 170L, 3L, 5L), "kafka", Map.of(9L, 7L)));
        assertThat(after.since(before))
                .as("thread 2 has ended, thread 3 and kafka are new")
                .isEqualTo(Map.of("redis", 75L, "kafka", 7L));
    }

    @Test
    void aStackIsWhatItsInnermostKnownFrameIs() {
        assertThat(CpuShares.kind("thread;dev/dunlin/A.b;com/fasterxml/jackson/X.y;java/lang/String.z"))
                .isEqualTo("JSON");
        assertThat(CpuShares.kind("thread;dev/dunlin/A.b;java/util/HashMap.get"))
                .isEqualTo("Dunlin's own");
        assertThat(CpuShares.kind("[C2 CompilerThre];start_thread")).isEqualTo("JIT compiler");
        assertThat(CpuShares.of(List.of("a;dev/dunlin/A.b 3", "c 1")))
                .containsExactly(Map.entry("Dunlin's own", 0.75), Map.entry("other", 0.25));
    }

    @Test
    void theMeanIsThatOfTheTimeBetweenTwoLooks() {
        Map<String, Double> before =
                Metrics.parse("x_sum 1\nx_seconds_count{a=\"b\"} 2\nx_seconds_sum{a=\"b\"} 4", "x");
        Map<String, Double> after = Metrics.parse("x_seconds_count{a=\"b\"} 6.0\nx_seconds_sum{a=\"b\"} 6.0\ny 1", "x");
        assertThat(Metrics.means(before, after)).containsExactly(Map.entry("x_seconds{a=\"b\"}", 0.5));
    }
}
