package dev.dunlin.benchmark.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sums and counts of a service's timers at {@code /q/metrics}, in the format of Prometheus. */
public final class Metrics {
    private Metrics() {}

    /**
     * Reads the current value of each series whose name begins with {@code prefix}.
     *
     * @param origin the management port of a service
     */
    public static Map<String, Double> of(HttpClient http, String origin, String prefix)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin + "/q/metrics"))
                .timeout(Duration.ofSeconds(5))
                .build();
        return parse(http.send(request, HttpResponse.BodyHandlers.ofString()).body(), prefix);
    }

    static Map<String, Double> parse(String page, String prefix) {
        Map<String, Double> values = new LinkedHashMap<>();
        page.lines().filter(line -> line.startsWith(prefix)).forEach(line -> {
            int space = line.lastIndexOf(' ');
            values.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
        });
        return values;
    }

    /**
     * The mean of each summary between two looks, by the name before {@code _sum}, with its tags.
     */
    public static Map<String, Double> means(Map<String, Double> before, Map<String, Double> after) {
        Map<String, Double> means = new LinkedHashMap<>();
        after.forEach((series, sum) -> {
            int at = series.indexOf("_sum");
            if (at > 0) {
                String count = series.replace("_sum", "_count");
                double times = after.getOrDefault(count, 0.0) - before.getOrDefault(count, 0.0);
                if (times > 0) {
                    means.put(
                            series.substring(0, at) + series.substring(at + "_sum".length()),
                            (sum - before.getOrDefault(series, 0.0)) / times);
                }
            }
        });
        return means;
    }
}
