package dev.dunlin.benchmark.push;

import dev.dunlin.benchmark.process.Metrics;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How often push-service called other services so far, by path. */
record Calls(Map<String, Double> counts) {
    private static final Pattern PATH = Pattern.compile("uri=\"([^\"]*)\"");

    /**
     * Asks push-service.
     *
     * @param origin its management port
     */
    static Calls of(HttpClient http, String origin) throws IOException, InterruptedException {
        Map<String, Double> counts = new TreeMap<>();
        Metrics.of(http, origin, "http_client_requests_seconds_count").forEach((series, count) -> {
            Matcher path = PATH.matcher(series);
            counts.merge(path.find() ? path.group(1) : series, count, Double::sum);
        });
        return new Calls(counts);
    }

    /** The calls since then, for each of {@code things}; without the paths that were not called. */
    Map<String, Double> since(Calls before, double things) {
        Map<String, Double> each = new TreeMap<>();
        counts.forEach((path, count) -> {
            double more = count - before.counts.getOrDefault(path, 0.0);
            if (more > 0) {
                each.put(path, more / things);
            }
        });
        return each;
    }
}
