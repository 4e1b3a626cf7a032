package dev.dunlin.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PageTest {
    @Test
    void paragraphsWrapAndTablesDoNot() {
        String text = new Page()
                .paragraph("word ".repeat(60))
                .table(List.of("a", "b"), List.of(List.of("x|y")))
                .text();
        assertThat(text.lines()).allMatch(line -> line.length() <= 100);
        assertThat(text).endsWith("\n\n| a | b |\n| --- | --- |\n| x\\|y |  |\n");
    }

    @Test
    void numbersHaveTheDigitsThatAreUseful() {
        assertThat(Format.digits(0.1234)).isEqualTo("0.12");
        assertThat(Format.digits(12.34)).isEqualTo("12.3");
        assertThat(Format.digits(1_234.5)).isEqualTo("1,235");
        assertThat(Format.mebibytes(3 << 20)).isEqualTo("3 MiB");
    }

    @Test
    void percentilesAreInMilliseconds() {
        Histogram nanos = new Histogram(60_000_000_000L, 3);
        for (int i = 1; i <= 100; i++) {
            nanos.recordValue(i * 1_000_000L);
        }
        Latency latency = Latency.of(nanos);
        assertThat(latency.count()).isEqualTo(100);
        assertThat(latency.p50()).isBetween(49.9, 50.2);
        assertThat(latency.p99()).isBetween(98.9, 99.2);
        assertThat(Latency.of(new Histogram(10_000L, 3)).p50AndP99()).isEqualTo("0.00 / 0.00");
    }
}
