package dev.dunlin.benchmark.handshake;

import dev.dunlin.benchmark.handshake.HandshakeFigures.Measured;
import dev.dunlin.benchmark.handshake.HandshakeFigures.Row;
import dev.dunlin.benchmark.report.Format;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.report.Results;
import dev.dunlin.benchmark.report.StackedBars;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables and the chart of {@code ./dev bench handshake}. */
record HandshakePage(List<Measured> all) {
    private static final String NONE = "–";

    /** The table that is printed, too. */
    Page overview() {
        return new Page()
                .table(
                        List.of(
                                "server",
                                "CPU a client, paced",
                                "subscribed p50 / p99, paced",
                                "CPU a client, burst",
                                "subscribed p50 / p99 / last, burst",
                                "failed",
                                "asked again"),
                        all.stream().map(HandshakePage::row).toList());
    }

    private static List<String> row(Measured measured) {
        String missing = measured.missing();
        if (missing != null) {
            return List.of(measured.name(), "not installed: " + missing);
        }
        Row burst = measured.burst();
        return List.of(
                measured.name(),
                micros(measured.paced()),
                latency(measured.paced()),
                micros(burst),
                burst == null
                        ? NONE
                        : latency(burst) + " / "
                                + Format.digits(burst.subscribed().max()) + " ms",
                Integer.toString(missing(measured.paced()) + missing(burst)),
                Long.toString(repeated(measured.paced()) + repeated(burst)));
    }

    private static String micros(@Nullable Row row) {
        return row == null ? NONE : Format.whole(row.sum()) + " µs";
    }

    private static String latency(@Nullable Row row) {
        return row == null ? NONE : row.subscribed().p50AndP99();
    }

    private static int missing(@Nullable Row row) {
        return row == null ? 0 : row.missing();
    }

    private static long repeated(@Nullable Row row) {
        return row == null ? 0 : row.repeated();
    }

    /** Adds the processes, and writes the chart beside the page. */
    void write(Page page, Results results) throws IOException {
        List<StackedBars.Bar> bars = new ArrayList<>();
        for (Measured measured : all) {
            Row paced = measured.paced();
            if (paced != null) {
                bars.add(new StackedBars.Bar(measured.name(), paced.cpuMicros()));
                page.heading("## " + measured.name() + ": CPU of each process, in µs a client")
                        .table(List.of("process", "paced", "burst"), processes(paced, measured.burst()));
            }
        }
        page.picture(
                "CPU a client by process",
                results.chart(
                        "cpu", new StackedBars("CPU of a handshake at a fixed rate", "CPU a client, µs", bars).svg()));
    }

    private static List<List<String>> processes(Row paced, @Nullable Row burst) {
        return paced.cpuMicros().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> List.of(
                        entry.getKey(),
                        Format.whole(entry.getValue()),
                        burst == null ? NONE : Format.whole(burst.cpuMicros().getOrDefault(entry.getKey(), 0.0))))
                .toList();
    }
}
