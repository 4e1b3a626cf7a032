package dev.dunlin.benchmark.push;

import dev.dunlin.benchmark.push.PushFigures.Decisions;
import dev.dunlin.benchmark.push.PushFigures.Deliveries;
import dev.dunlin.benchmark.push.PushFigures.Run;
import dev.dunlin.benchmark.report.Format;
import dev.dunlin.benchmark.report.Latency;
import dev.dunlin.benchmark.report.Page;
import dev.dunlin.benchmark.report.Results;
import dev.dunlin.benchmark.report.StackedBars;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The tables and the chart of {@code ./dev bench push}. */
record PushPage(List<Run> runs) {
    private static final double LEAST_SHARE = 0.01;

    /** The tables that are printed, too. */
    Page overview() {
        return new Page()
                .table(
                        List.of(
                                "one message to a group",
                                "devices",
                                "first message decided",
                                "further ones, p50",
                                "most",
                                "calls to other services",
                                "CPU, push-service",
                                "CPU, all processes",
                                "live heap before, after",
                                "resident before, most"),
                        runs.stream().flatMap(run -> decisions(run).stream()).toList())
                .table(
                        List.of(
                                "tables",
                                "new rows, first message",
                                "bytes, first message",
                                "bytes a device",
                                "further rows, all others",
                                "further bytes, all others"),
                        runs.stream().flatMap(run -> tables(run).stream()).toList())
                .table(
                        List.of(
                                "deliveries",
                                "devices",
                                "answers after",
                                "a second, p50 of the rounds",
                                "least, most",
                                "CPU, push-service",
                                "CPU, all server processes",
                                "calls for 1,000",
                                "not in time",
                                "repeated"),
                        runs.stream()
                                .flatMap(run -> run.deliveries().stream().map(one -> delivery(run, one)))
                                .toList())
                .table(
                        List.of("from the publish to the delivery, FCM", "devices", "messages", "p50 / p99", "most"),
                        runs.stream().flatMap(run -> beside(run).stream()).toList());
    }

    private static List<List<String>> decisions(Run run) {
        Decisions decisions = run.decisions();
        if (decisions == null) {
            return List.of();
        }
        List<Double> sorted = decisions.millis().stream().sorted().toList();
        return List.of(List.of(
                run.name(),
                Format.whole((long) decisions.devices()),
                Format.digits(decisions.firstMillis()) + " ms",
                Format.digits(middle(sorted)) + " ms",
                Format.digits(sorted.getLast()) + " ms",
                Format.digits(sum(decisions.calls())),
                Format.digits(decisions.cpuMillis().getOrDefault(DecisionPhase.SERVICE, 0.0)) + " ms",
                Format.digits(sum(decisions.cpuMillis())) + " ms",
                decisions.heap().stream().map(Format::mebibytes).collect(Collectors.joining(", ")),
                Format.mebibytes(decisions.resident().first()) + ", "
                        + Format.mebibytes(decisions.resident().most())));
    }

    private static List<List<String>> tables(Run run) {
        Decisions decisions = run.decisions();
        if (decisions == null) {
            return List.of();
        }
        PushTables.Sizes before = decisions.before();
        PushTables.Sizes first = decisions.first();
        PushTables.Sizes last = decisions.last();
        return List.of(
                table(
                        run.name() + ", `push_pending`",
                        decisions,
                        first.pendingRows() - before.pendingRows(),
                        first.pendingBytes() - before.pendingBytes(),
                        last.pendingRows() - first.pendingRows(),
                        last.pendingBytes() - first.pendingBytes()),
                table(
                        run.name() + ", `push_message`",
                        decisions,
                        first.messageRows() - before.messageRows(),
                        first.messageBytes() - before.messageBytes(),
                        last.messageRows() - first.messageRows(),
                        last.messageBytes() - first.messageBytes()));
    }

    private static List<String> table(
            String name, Decisions decisions, long rows, long bytes, long furtherRows, long furtherBytes) {
        return List.of(
                name,
                Format.whole(rows),
                Format.whole(bytes),
                Format.whole((double) bytes / decisions.devices()),
                Format.whole(furtherRows),
                Format.whole(furtherBytes));
    }

    private static List<String> delivery(Run run, Deliveries deliveries) {
        List<Double> sorted = deliveries.perSecond().stream().sorted().toList();
        double tool = deliveries.cpuMicros().getOrDefault(DeliveryPhase.TOOL, 0.0);
        return List.of(
                run.name() + ", " + deliveries.provider(),
                Format.whole((long) deliveries.devices()),
                deliveries.answerMillis() + " ms",
                Format.whole(middle(sorted)),
                Format.whole(sorted.getFirst()) + ", " + Format.whole(sorted.getLast()),
                micros(deliveries.cpuMicros().getOrDefault(DecisionPhase.SERVICE, 0.0)),
                micros(sum(deliveries.cpuMicros()) - tool),
                Format.digits(sum(deliveries.calls())),
                Format.whole(deliveries.missing()),
                Format.whole(deliveries.repeated()));
    }

    private static List<List<String>> beside(Run run) {
        PushFigures.Beside beside = run.beside();
        if (beside == null) {
            return List.of();
        }
        return List.of(
                row(run.name() + ", alone", beside, beside.alone()),
                row(
                        run.name()
                                + ", beside as many of a host that never answers (%d connections to it)"
                                        .formatted(beside.swallowed()),
                        beside,
                        beside.besideDead()));
    }

    private static List<String> row(String name, PushFigures.Beside beside, Latency latency) {
        return List.of(
                name,
                Format.whole((long) beside.devices()),
                Format.whole((long) beside.messages()),
                latency.p50AndP99() + " ms",
                Format.digits(latency.max()) + " ms");
    }

    /** Adds what is not in the overview, and writes the chart beside the page. */
    void write(Page page, Results results) throws IOException {
        List<StackedBars.Bar> bars = new ArrayList<>();
        for (Run run : runs) {
            for (Deliveries one : run.deliveries()) {
                if (one.answerMillis() == 0) {
                    bars.add(new StackedBars.Bar(run.name() + ", " + one.provider(), one.cpuMicros()));
                }
            }
        }
        if (!bars.isEmpty()) {
            String chart = new StackedBars("CPU of a delivery", "CPU a delivery, µs", bars).svg();
            page.picture("CPU of a delivery", results.chart("cpu", chart));
        }
        for (Run run : runs) {
            writeCpu(page, run);
            Decisions decisions = run.decisions();
            if (decisions != null) {
                calls(page, run.name() + ": calls to other services for a message", decisions.calls());
            }
            for (Deliveries one : run.deliveries()) {
                if (one.answerMillis() == 0) {
                    calls(page, run.name() + ": calls for 1,000 deliveries, " + one.provider(), one.calls());
                }
            }
            PushFigures.Profile profile = run.profile();
            if (profile != null) {
                page.heading("## " + run.name() + ": where push-service's CPU goes in a round of FCM")
                        .table(
                                List.of("by", "shares (async-profiler)"),
                                List.of(
                                        List.of("step of a delivery", shares(profile.work())),
                                        List.of("innermost known frame", shares(profile.libraries()))));
            }
        }
    }

    private static void writeCpu(Page page, Run run) {
        if (run.deliveries().isEmpty()) {
            return;
        }
        List<String> head = new ArrayList<>(List.of("process"));
        TreeSet<String> processes = new TreeSet<>();
        for (Deliveries one : run.deliveries()) {
            head.add("%s, %d ms".formatted(one.provider(), one.answerMillis()));
            processes.addAll(one.cpuMicros().keySet());
        }
        List<List<String>> rows = new ArrayList<>();
        for (String process : processes) {
            List<String> row = new ArrayList<>(List.of(process));
            run.deliveries()
                    .forEach(one -> row.add(Format.digits(one.cpuMicros().getOrDefault(process, 0.0))));
            rows.add(row);
        }
        page.heading("## " + run.name() + ": CPU of a delivery by process, in µs")
                .table(head, rows);
    }

    private static void calls(Page page, String heading, Map<String, Double> calls) {
        if (!calls.isEmpty()) {
            page.heading("## " + heading)
                    .table(
                            List.of("path", "calls"),
                            calls.entrySet().stream()
                                    .map(one -> List.of(one.getKey(), Format.digits(one.getValue())))
                                    .toList());
        }
    }

    private static String shares(Map<String, Double> shares) {
        return shares.entrySet().stream()
                .filter(share -> share.getValue() >= LEAST_SHARE)
                .map(share -> share.getKey() + " " + Format.whole(share.getValue() * 100) + " %")
                .collect(Collectors.joining(", "));
    }

    private static String micros(double value) {
        return Format.digits(value) + " µs";
    }

    private static double middle(List<Double> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    private static double sum(Map<String, Double> values) {
        return values.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
