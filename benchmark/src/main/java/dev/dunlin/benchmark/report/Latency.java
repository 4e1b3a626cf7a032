package dev.dunlin.benchmark.report;

import org.HdrHistogram.Histogram;

/** Percentiles in milliseconds; all are 0 when there were no messages. */
public record Latency(long count, double p50, double p90, double p99, double p999, double max) {
    /** Of a histogram in nanoseconds. */
    public static Latency of(Histogram nanos) {
        return new Latency(
                nanos.getTotalCount(),
                millis(nanos, 50),
                millis(nanos, 90),
                millis(nanos, 99),
                millis(nanos, 99.9),
                millis(nanos, 100));
    }

    private static double millis(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1e6;
    }

    /** As the tables have it: {@code 3.4 / 7.2}. */
    public String p50AndP99() {
        return Format.digits(p50) + " / " + Format.digits(p99);
    }
}
