package dev.dunlin.benchmark.report;

import dev.dunlin.benchmark.tap.StageTimes.Stages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** The results as a page of Markdown. Not thread-safe. */
public final class Page {
    private final StringBuilder text = new StringBuilder();

    /** A paragraph or a heading. */
    public Page add(String paragraph) {
        text.append(paragraph).append("\n\n");
        return this;
    }

    /** Throughput of each round. */
    public Page throughput(List<Result> results) {
        return table(
                List.of(
                        "path",
                        "messages/s",
                        "publish → ack p50 / p99",
                        "publish → delivered p50 / p99",
                        "sent",
                        "lost",
                        "refused",
                        "twice"),
                results.stream()
                        .map(result -> List.of(
                                result.target(),
                                whole(result.perSecond()),
                                twoOf(result.acks()),
                                twoOf(result.deliveries()),
                                whole(result.sent()),
                                Long.toString(result.lost()),
                                Long.toString(result.refused()),
                                Long.toString(result.repeated())))
                        .toList());
    }

    /** Latencies of each round in milliseconds. */
    public Page latency(List<Result> results) {
        List<List<String>> rows = new ArrayList<>();
        for (Result result : results) {
            rows.add(latency(result, "ack", result.acks()));
            rows.add(latency(result, "delivered", result.deliveries()));
        }
        return table(List.of("path", "until", "messages/s", "p50", "p90", "p99", "p99.9", "max", "lost"), rows);
    }

    private static List<String> latency(Result result, String until, Histogram times) {
        return List.of(
                result.target(),
                until,
                whole(result.perSecond()),
                millis(times, 50),
                millis(times, 90),
                millis(times, 99),
                millis(times, 99.9),
                millis(times, 100),
                Long.toString(result.lost()));
    }

    /** CPU a message by process, each round a column. */
    public Page cpu(List<Result> results) {
        TreeSet<String> processes = new TreeSet<>();
        results.forEach(result -> processes.addAll(result.cpu().keySet()));
        List<List<String>> rows = new ArrayList<>();
        for (String process : processes) {
            rows.add(row(process, results, result -> result.cpu().getOrDefault(process, 0.0)));
        }
        rows.add(row("all", results, Result::cpuInAll));
        List<String> head = new ArrayList<>(List.of("process"));
        results.forEach(result -> head.add(result.target()));
        return table(head, rows);
    }

    private static List<String> row(String name, List<Result> results, ToDoubleFunction<Result> value) {
        List<String> row = new ArrayList<>(List.of(name));
        results.forEach(result -> row.add(tenth(value.applyAsDouble(result))));
        return row;
    }

    /** The way between the services. */
    public Page stages(Stages stages) {
        return table(
                List.of("stage", "p50", "p90", "p99"),
                List.of(
                        stage("publisher → node 1 → command read from Kafka", stages.toKafka()),
                        stage("command → event on the bus (message-service)", stages.toBus()),
                        stage("bus → node 2 → subscriber", stages.toClient())));
    }

    private static List<String> stage(String name, Histogram times) {
        return List.of(name, millis(times, 50), millis(times, 90), millis(times, 99));
    }

    /** Means of a service's own timers. */
    public Page means(List<Result> results) {
        TreeSet<String> series = new TreeSet<>();
        results.forEach(result -> series.addAll(result.means().keySet()));
        List<String> head = new ArrayList<>(List.of("mean of"));
        results.forEach(result -> head.add(result.target()));
        return table(
                head,
                series.stream()
                        .map(name -> {
                            List<String> row = new ArrayList<>(List.of("`" + name + "`"));
                            results.forEach(result ->
                                    row.add(mean(name, result.means().getOrDefault(name, Double.NaN))));
                            return row;
                        })
                        .toList());
    }

    private static String mean(String name, double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        return name.contains("_seconds") ? hundredth(value * 1000) + " ms" : tenth(value);
    }

    /** Shares of CPU time by process. */
    public Page shares(Map<String, Map<String, Double>> byProcess) {
        byProcess.forEach((process, shares) -> text.append("- **")
                .append(process)
                .append("**: ")
                .append(shares.entrySet().stream()
                        .filter(share -> share.getValue() >= 0.01)
                        .map(share -> share.getKey() + " " + Math.round(share.getValue() * 100) + " %")
                        .collect(Collectors.joining(", ")))
                .append('\n'));
        text.append('\n');
        return this;
    }

    private Page table(List<String> head, List<List<String>> rows) {
        line(head);
        line(head.stream().map(cell -> "---").toList());
        rows.forEach(this::line);
        text.append('\n');
        return this;
    }

    private void line(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String twoOf(Histogram times) {
        return millis(times, 50) + " / " + millis(times, 99) + " ms";
    }

    /** A percentile in milliseconds. */
    public static String millis(Histogram times, double percentile) {
        return hundredth(times.getValueAtPercentile(percentile) / 1e6);
    }

    /** With two digits after the point. */
    public static String hundredth(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String tenth(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** With groups of thousands. */
    public static String whole(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }

    /** The page so far. */
    public String text() {
        return text.toString();
    }
}
