package dev.dunlin.benchmark.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.benchmark.message.Figures.Measured;
import dev.dunlin.benchmark.process.Resident;
import dev.dunlin.benchmark.report.Latency;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessagePageTest {
    private static final Latency LATENCY = new Latency(10, 1.25, 2, 12.5, 20, 150);

    @Test
    void theTableHasEveryCandidateAlsoThatWhichIsMissing() {
        MessagePage page = new MessagePage(List.of(measured(), missing()), List.of(50.0, 1_000.0));
        assertThat(page.overview().text()).isEqualTo("""
                | messages/s | Dunlin | peer |
                | --- | --- | --- |
                | 50 | 1.3 / 12.5 ms, **3.0 ms** | not installed |
                | 1,000 | – | not installed |
                """);
        assertThat(page.missing()).containsExactly("peer: npm packages not installed");
    }

    @Test
    void thePageHasSaturationAndTheProcessesWithTheirSum(@TempDir Path directory) throws IOException {
        Page page = new Page();
        new MessagePage(List.of(measured(), missing()), List.of(50.0)).write(page, new Results(directory, "message"));
        assertThat(page.text())
                .contains(
                        "| kafka | 1,000 | 500 |",
                        "| **sum** | 3,000 | 1,500 |",
                        "| knee, messages/s | 50 | not installed |",
                        "| of them `overloaded` with `retryAfterMs` | 4 | not installed |",
                        "| service | 1 MiB | 3 MiB | 2 MiB |");
        assertThat(directory.resolve("message-cpu.svg")).content().contains("Dunlin", "CPU a message, ms");
        assertThat(directory.resolve("message-latency.svg")).content().contains("Dunlin, p99");
    }

    private static Measured measured() {
        Figures.Row row = row(50, 0);
        return new Measured(
                "Dunlin",
                null,
                Map.of("kafka", 500.0, "service", 1_000.0),
                List.of(row),
                new Figures.Saturation(900, List.of(row), 50, List.of(), 50, row),
                new Figures.Beyond(row(1_000, 4), Map.of("service", new Resident.Range(1 << 20, 3 << 20, 2 << 20))));
    }

    private static Figures.Row row(double rate, long refused) {
        return new Figures.Row(
                rate, LATENCY, LATENCY, 10, 0, refused, refused, 0, Map.of("kafka", 1_000.0, "service", 2_000.0), 100);
    }

    private static Measured missing() {
        return new Measured("peer", "npm packages not installed", Map.of(), List.of(), null, null);
    }
}
