package dev.dunlin.benchmark.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dunlin.benchmark.process.Resident;
import dev.dunlin.benchmark.push.PushFigures.Beside;
import dev.dunlin.benchmark.push.PushFigures.Decisions;
import dev.dunlin.benchmark.push.PushFigures.Deliveries;
import dev.dunlin.benchmark.push.PushFigures.Run;
import dev.dunlin.benchmark.report.Latency;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.report.Results;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushPageTest {
    private static final Decisions DECISIONS = new Decisions(
            100,
            900,
            List.of(300.0, 200.0, 400.0),
            Map.of("/internal/presence", 2.0),
            Map.of("push-service", 50.0, "postgres", 30.0),
            new PushTables.Sizes(1, 1_000, 1, 500),
            new PushTables.Sizes(101, 21_000, 2, 600),
            new PushTables.Sizes(101, 31_000, 5, 900),
            List.of(30L << 20, 40L << 20),
            new Resident.Range(200L << 20, 300L << 20, 250L << 20));
    private static final Deliveries DELIVERIES = new Deliveries(
            "FCM",
            0,
            100,
            List.of(2_500.0, 2_000.0, 3_000.0),
            1,
            2,
            Map.of("/internal/texts", 4.0),
            Map.of("push-service", 250.0, "postgres", 50.0, DeliveryPhase.TOOL, 90.0));
    private static final Latency ALONE = new Latency(10, 2_100, 2_200, 2_300, 2_400, 2_500);
    private static final Latency BESIDE = new Latency(10, 2_600, 2_700, 2_800, 2_900, 3_000);

    private final PushPage page = new PushPage(List.of(
            new Run("JVM", DECISIONS, List.of(DELIVERIES), null, new Beside(10, 3, ALONE, BESIDE, 8)),
            new Run("native", null, List.of(), null, null)));

    @Test
    void theTablesHaveWhatWasMeasuredAndLeaveOutWhatWasSkipped() {
        assertThat(page.overview().text())
                .contains(
                        "| JVM | 100 | 900 ms | 300 ms | 400 ms | 2.0 | 50.0 ms | 80.0 ms | 30 MiB, 40 MiB | 200 MiB, 300 MiB |",
                        "| JVM, `push_pending` | 100 | 20,000 | 200 | 0 | 10,000 |",
                        "| JVM, `push_message` | 1 | 100 | 1 | 3 | 300 |",
                        "| JVM, FCM | 100 | 0 ms | 2,500 | 2,000, 3,000 | 250 µs | 300 µs | 4.0 | 1 | 2 |",
                        "| JVM, alone | 10 | 3 | 2,100 / 2,300 ms | 2,500 ms |",
                        "(8 connections to it) | 10 | 3 | 2,600 / 2,800 ms | 3,000 ms |")
                .doesNotContain("| native");
    }

    @Test
    void theRestHasTheProcessesTheCallsAndTheChart(@TempDir Path directory) throws IOException {
        Page rest = new Page();
        page.write(rest, new Results(directory, "push"));
        assertThat(rest.text())
                .contains("| process | FCM, 0 ms |", "| postgres | 50.0 |", "| /internal/presence | 2.0 |");
        assertThat(directory.resolve("push-cpu.svg")).content().contains("JVM, FCM");
    }
}
