package dev.dunlin.benchmark.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A bar for each thing, made of parts, as SVG.
 *
 * @param x the title of the axis with its unit
 */
public record StackedBars(String title, String x, List<Bar> bars) {
    private static final int LEFT = 210;
    private static final int RIGHT = 70;
    private static final int TOP = 44;
    private static final int BAR = 26;
    private static final int STEP = 38;
    private static final int BELOW = 90;
    private static final int LEGEND_STEP = 148;
    private static final int LEGEND_COLUMNS = 5;
    private static final int LEGEND_LINE = 20;

    /** One bar; the parts in their order, none below 0. */
    public record Bar(String name, Map<String, Double> parts) {
        public Bar {
            parts = new LinkedHashMap<>(parts);
        }

        double total() {
            return parts.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /** The picture. */
    public String svg() {
        double floor = TOP + bars.size() * STEP;
        List<String> parts = parts();
        Svg svg = new Svg(title, (int) floor + BELOW + parts.size() / LEGEND_COLUMNS * LEGEND_LINE);
        double most = bars.stream().mapToDouble(Bar::total).max().orElse(1);
        Scale across = Scale.linear(Math.max(most, 1e-9), LEFT, Svg.WIDTH - RIGHT);
        for (double tick : across.ticks()) {
            svg.gridLine(across.pixel(tick), TOP - 6, across.pixel(tick), floor);
            svg.text(across.pixel(tick), floor + 18, "faint", "middle", Svg.label(tick));
        }
        svg.text((LEFT + Svg.WIDTH - RIGHT) / 2.0, floor + 38, "faint", "middle", x);
        for (int i = 0; i < bars.size(); i++) {
            draw(svg, bars.get(i), TOP + i * STEP, across, parts);
        }
        for (int i = 0; i < parts.size(); i++) {
            double at = 16 + i % LEGEND_COLUMNS * LEGEND_STEP;
            double below = floor + 58 + i / LEGEND_COLUMNS * LEGEND_LINE;
            svg.bar(i, at, below, 12, 12);
            svg.text(at + 18, below + 11, "ink", "start", parts.get(i));
        }
        return svg.end();
    }

    private List<String> parts() {
        Set<String> all = new LinkedHashSet<>();
        bars.forEach(bar -> all.addAll(bar.parts().keySet()));
        return new ArrayList<>(all);
    }

    private static void draw(Svg svg, Bar bar, double y, Scale across, List<String> parts) {
        svg.text(LEFT - 10, y + BAR - 8, "ink", "end", bar.name());
        double sum = 0;
        for (int i = 0; i < parts.size(); i++) {
            double part = bar.parts().getOrDefault(parts.get(i), 0.0);
            double x = across.pixel(sum);
            sum += part;
            svg.bar(i, x, y, across.pixel(sum) - x, BAR);
        }
        svg.text(across.pixel(sum) + 6, y + BAR - 8, "ink", "start", Format.digits(sum));
    }
}
