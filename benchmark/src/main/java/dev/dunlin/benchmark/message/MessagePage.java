package dev.dunlin.benchmark.message;

import dev.dunlin.benchmark.message.Figures.Measured;
import dev.dunlin.benchmark.message.Figures.Row;
import dev.dunlin.benchmark.report.Format;
import dev.dunlin.benchmark.report.Latency;
import dev.dunlin.benchmark.report.LineChart;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.report.Results;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The page of {@code ./dev bench message}: tables and charts of the figures. */
record MessagePage(List<Measured> all, List<Double> rates) {
    private static final String NONE = "–";

    /** The table that is printed, too. */
    Page overview() {
        Page page = new Page();
        page.table(
                head("messages/s"),
                rates.stream()
                        .map(rate -> cells(
                                Format.whole(rate),
                                measured -> measured.at(rate)
                                        .map(row -> row.delivered().p50AndP99() + " ms, **"
                                                + Format.digits(row.cpuMillis()) + " ms**")
                                        .orElse(NONE)))
                        .toList());
        return page;
    }

    /** Why candidates are not measured, a line each. */
    List<String> missing() {
        return all.stream()
                .filter(measured -> measured.missing() != null)
                .map(measured -> measured.name() + ": " + measured.missing())
                .toList();
    }

    /** Adds the rest, and writes the charts beside it. */
    void write(Page page, Results results) throws IOException {
        page.heading("## CPU a message over the rate")
                .picture("CPU a message over the rate", results.chart("cpu", cpuChart()))
                .heading("## Latency over the rate, up to saturation")
                .picture("latency until delivery over the rate", results.chart("latency", latencyChart()))
                .heading("## Until the ack: p50 / p99 in ms")
                .table(head("messages/s"), rows(row -> row.ack().p50AndP99()))
                .heading("## Lost, refused, repeated")
                .table(head("messages/s"), rows(row -> row.lost() + ", " + row.refused() + ", " + row.repeated()));
        for (Measured measured : present()) {
            page.heading("## " + measured.name() + ": CPU of each process, in µs a message")
                    .table(processHead(), processes(measured));
        }
        saturation(page);
    }

    private void saturation(Page page) {
        if (present().stream().noneMatch(measured -> measured.saturation() != null)) {
            return;
        }
        page.heading("## Saturation")
                .table(
                        head(""),
                        List.of(
                                saturated("closed loop, messages/s", one -> Format.whole(one.closedLoop())),
                                saturated(
                                        "highest rate at which nothing queues up",
                                        one -> one.sustained() > 0 ? Format.whole(one.sustained()) : "none held"),
                                saturated("knee, messages/s", one -> Format.whole(one.knee())),
                                saturated(
                                        "delivered at half of the knee, p50 / p99",
                                        one -> one.half() == null
                                                ? NONE
                                                : one.half().delivered().p50AndP99() + " ms")))
                .heading("## Beyond saturation")
                .table(
                        head(""),
                        List.of(
                                beyond("offered, messages/s", row -> Format.whole(row.perSecond())),
                                beyond("sent", row -> Format.whole(row.sent())),
                                beyond("refused", row -> Format.whole(row.refused())),
                                beyond(
                                        "of them `overloaded` with `retryAfterMs`",
                                        row -> Format.whole(row.retryLater())),
                                beyond(
                                        "neither refused nor delivered 10 s after the end",
                                        row -> Format.whole(row.lost())),
                                beyond(
                                        "delivered p50 / p99",
                                        row -> row.delivered().p50AndP99() + " ms")));
        for (Measured measured : present()) {
            Figures.Beyond beyond = measured.beyond();
            if (beyond != null) {
                page.paragraph("Resident memory of " + measured.name() + " before, at most and after it:")
                        .table(
                                List.of("process", "before", "most", "after"),
                                beyond.resident().entrySet().stream()
                                        .sorted(java.util.Map.Entry.comparingByKey())
                                        .map(entry -> List.of(
                                                entry.getKey(),
                                                Format.mebibytes(
                                                        entry.getValue().first()),
                                                Format.mebibytes(
                                                        entry.getValue().most()),
                                                Format.mebibytes(
                                                        entry.getValue().last())))
                                        .toList());
            }
        }
    }

    private List<String> head(String first) {
        return Stream.concat(Stream.of(first), all.stream().map(Measured::name)).toList();
    }

    private List<String> cells(String first, Function<Measured, String> cell) {
        return Stream.concat(
                        Stream.of(first),
                        all.stream()
                                .map(measured -> measured.missing() == null ? cell.apply(measured) : "not installed"))
                .toList();
    }

    private List<List<String>> rows(Function<Row, String> cell) {
        return rates.stream()
                .map(rate -> cells(
                        Format.whole(rate),
                        measured -> measured.at(rate).map(cell).orElse(NONE)))
                .toList();
    }

    private List<String> saturated(String name, Function<Figures.Saturation, String> cell) {
        return cells(name, measured -> measured.saturation() == null ? NONE : cell.apply(measured.saturation()));
    }

    private List<String> beyond(String name, Function<Row, String> cell) {
        return cells(
                name,
                measured -> measured.beyond() == null
                        ? NONE
                        : cell.apply(measured.beyond().row()));
    }

    private List<String> processHead() {
        List<String> head = new ArrayList<>(List.of("process"));
        rates.forEach(rate -> head.add(Format.whole(rate) + "/s"));
        head.add("idle, µs a second");
        return head;
    }

    private static List<List<String>> processes(Measured measured) {
        TreeSet<String> names = new TreeSet<>(measured.idleMicros().keySet());
        measured.rates().forEach(row -> names.addAll(row.cpuMicros().keySet()));
        List<List<String>> rows = new ArrayList<>();
        for (String name : names) {
            rows.add(processes(
                    measured,
                    name,
                    row -> row.cpuMicros().getOrDefault(name, 0.0),
                    measured.idleMicros().getOrDefault(name, 0.0)));
        }
        rows.add(processes(
                measured,
                "**sum**",
                row -> row.cpuMillis() * 1000,
                measured.idleMicros().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum()));
        rows.add(processes(measured, "load tool, beside it", Row::toolMicros, Double.NaN));
        return rows;
    }

    private static List<String> processes(Measured measured, String name, ToDoubleFunction<Row> micros, double idle) {
        List<String> row = new ArrayList<>(List.of(name));
        measured.rates().forEach(one -> row.add(Format.whole(micros.applyAsDouble(one))));
        row.add(Double.isNaN(idle) ? "" : Format.whole(idle));
        return row;
    }

    private List<Measured> present() {
        return all.stream().filter(measured -> measured.missing() == null).toList();
    }

    private String cpuChart() {
        List<LineChart.Series> series = new ArrayList<>();
        for (Measured measured : present()) {
            series.add(new LineChart.Series(
                    measured.name(),
                    false,
                    all.indexOf(measured),
                    measured.rates().stream()
                            .map(row -> new LineChart.Point(row.perSecond(), row.cpuMillis(), false))
                            .toList()));
        }
        return new LineChart("CPU of all server processes a message", "messages a second", "CPU a message, ms", series)
                .svg();
    }

    private String latencyChart() {
        List<LineChart.Series> series = new ArrayList<>();
        for (Measured measured : present()) {
            int colour = all.indexOf(measured);
            series.add(series(measured, "p50", false, colour, Latency::p50));
            series.add(series(measured, "p99, the knee is the large dot", true, colour, Latency::p99));
        }
        return new LineChart(
                        "From when a message was due until it was delivered",
                        "messages a second",
                        "latency, ms",
                        series)
                .svg();
    }

    private static LineChart.Series series(
            Measured measured, String name, boolean dashed, int colour, ToDoubleFunction<Latency> value) {
        Figures.Saturation saturation = measured.saturation();
        double knee = saturation == null ? 0 : saturation.knee();
        List<Row> rows = new ArrayList<>(measured.rates());
        if (saturation != null) {
            rows.addAll(saturation.curve());
            saturation.steps().stream()
                    .filter(row -> row.perSecond() <= saturation.sustained())
                    .forEach(rows::add);
        }
        return new LineChart.Series(
                measured.name() + ", " + name,
                dashed,
                colour,
                rows.stream()
                        .map(row -> new LineChart.Point(
                                row.perSecond(),
                                value.applyAsDouble(row.delivered()),
                                dashed && row.perSecond() == knee))
                        .toList());
    }
}
