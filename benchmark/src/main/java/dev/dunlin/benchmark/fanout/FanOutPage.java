package dev.dunlin.benchmark.fanout;

import dev.dunlin.benchmark.fanout.FanOutFigures.Measured;
import dev.dunlin.benchmark.fanout.FanOutFigures.Row;
import dev.dunlin.benchmark.report.Format;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.report.Results;
import dev.dunlin.benchmark.report.StackedBars;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables and the chart of {@code ./dev bench fanout}.
 *
 * @param floor the CPU of one write, in microseconds
 */
record FanOutPage(List<Measured> all, double floor) {
    /** The table that is printed, too. */
    Page overview() {
        List<List<String>> rows = new ArrayList<>();
        for (Measured measured : all) {
            String missing = measured.missing();
            if (missing != null) {
                rows.add(List.of(measured.name(), "not installed: " + missing));
            }
            add(rows, measured.name() + ", bursts", measured.bursts(), true);
            add(rows, measured.name() + ", paced", measured.paced(), false);
        }
        rows.add(List.of("floor: one `write()`", "", "", Format.digits(floor) + " µs", "1.0"));
        return new Page()
                .table(
                        List.of(
                                "server",
                                "messages to links",
                                "bytes",
                                "CPU a delivery, server",
                                "in floors",
                                "CPU a delivery, all processes",
                                "first",
                                "p50 / p99",
                                "last",
                                "missing"),
                        rows);
    }

    private void add(List<List<String>> rows, String name, @Nullable Row row, boolean bursts) {
        if (row != null) {
            rows.add(List.of(
                    name,
                    "%,d to %,d".formatted(row.messages(), row.links()),
                    Integer.toString(row.frameBytes()),
                    Format.digits(row.server()) + " µs",
                    Format.digits(row.server() / floor),
                    Format.digits(row.sum()) + " µs",
                    bursts ? Format.digits(row.first()) + " ms" : "",
                    row.delivered().p50AndP99() + " ms",
                    Format.digits(row.last()) + " ms",
                    Long.toString(row.missing())));
        }
    }

    /** Adds the chart, and writes it beside the page. */
    void write(Page page, Results results) throws IOException {
        List<StackedBars.Bar> bars = new ArrayList<>();
        for (Measured measured : all) {
            bar(bars, measured.name() + ", bursts", measured.bursts());
            bar(bars, measured.name() + ", paced", measured.paced());
        }
        bars.add(new StackedBars.Bar("floor", Map.of("the server", floor)));
        page.picture(
                "CPU a delivery",
                results.chart("cpu", new StackedBars("CPU of a delivery", "CPU a delivery, µs", bars).svg()));
    }

    private static void bar(List<StackedBars.Bar> bars, String name, @Nullable Row row) {
        if (row != null) {
            Map<String, Double> parts = new LinkedHashMap<>();
            parts.put("the server", row.server());
            parts.put("all others", row.sum() - row.server());
            bars.add(new StackedBars.Bar(name, parts));
        }
    }
}
