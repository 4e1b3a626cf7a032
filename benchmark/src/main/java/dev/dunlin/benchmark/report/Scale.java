package dev.dunlin.benchmark.report;

import java.util.ArrayList;
import java.util.List;

/**
 * An axis: values to pixels, and where its ticks are.
 *
 * @param low the smallest value, above 0 on a logarithmic axis
 * @param from the pixel of {@code low}; may be larger than {@code to}
 */
record Scale(boolean logarithmic, double low, double high, double from, double to) {
    private static final int TICKS = 5;
    private static final double[] STEPS = {1, 2, 5, 10};

    Scale {
        if (!(high > low) || (logarithmic && low <= 0)) {
            throw new IllegalArgumentException("no axis from " + low + " to " + high);
        }
    }

    /** From 0 to a round number that is not below {@code most}. */
    static Scale linear(double most, double from, double to) {
        double step = step(most);
        return new Scale(false, 0, step * Math.max(1, Math.ceil(most / step - 1e-9)), from, to);
    }

    /** From 1, 2 or 5 times a power of ten to another, with all values in between. */
    static Scale logarithmic(double least, double most, double from, double to) {
        double low = 0;
        double high = 0;
        for (double value : roundNumbers(least / 10, most * 10)) {
            low = value <= least * (1 + 1e-9) ? value : low;
            high = high == 0 && value >= most * (1 - 1e-9) ? value : high;
        }
        return new Scale(true, low, high > low ? high : low * 2, from, to);
    }

    double pixel(double value) {
        double part = logarithmic
                ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
                : (value - low) / (high - low);
        return from + part * (to - from);
    }

    List<Double> ticks() {
        if (logarithmic) {
            return roundNumbers(low, high);
        }
        List<Double> ticks = new ArrayList<>();
        double step = step(high);
        for (int i = 0; low + i * step <= high * (1 + 1e-9); i++) {
            ticks.add(low + i * step);
        }
        return ticks;
    }

    private static double step(double most) {
        double rough = Math.max(most, 1e-9) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double step : STEPS) {
            if (step * power >= rough * (1 - 1e-9)) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private static List<Double> roundNumbers(double least, double most) {
        List<Double> numbers = new ArrayList<>();
        for (double power = Math.pow(10, Math.floor(Math.log10(least))); power <= most * (1 + 1e-9); power *= 10) {
            for (double step : new double[] {1, 2, 5}) {
                double value = step * power;
                if (value >= least * (1 - 1e-9) && value <= most * (1 + 1e-9)) {
                    numbers.add(value);
                }
            }
        }
        return numbers;
    }
}
