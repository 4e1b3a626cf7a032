package dev.dunlin.benchmark.report;

import java.util.Locale;

/** Numbers as the pages have them. */
public final class Format {
    private Format() {}

    /** With groups of thousands. */
    public static String whole(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }

    /** With groups of thousands. */
    public static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** As many digits as are useful: two after the point below 1, one below 100, else none. */
    public static String digits(double value) {
        double size = Math.abs(value);
        if (size >= 100) {
            return whole(value);
        }
        return String.format(Locale.ROOT, size >= 1 ? "%.1f" : "%.2f", value);
    }

    /** In MiB. */
    public static String mebibytes(long bytes) {
        return whole(bytes >> 20) + " MiB";
    }
}
