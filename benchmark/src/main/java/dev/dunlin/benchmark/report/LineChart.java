package dev.dunlin.benchmark.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Lines over two logarithmic axes, as SVG.
 *
 * @param x the title of the axis with its unit
 */
public record LineChart(String title, String x, String y, List<Series> series) {
    private static final int HEIGHT = 440;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 44;
    private static final int BOTTOM = 60;
    private static final int LEGEND_LINE = 18;

    public LineChart {
        series = series.stream().filter(one -> !one.points().isEmpty()).toList();
    }

    /** A point; {@code marked} ones are larger. */
    public record Point(double x, double y, boolean marked) {}

    /** One line. */
    public record Series(String name, boolean dashed, int colour, List<Point> points) {
        /** Points that a logarithmic axis cannot show are left out. */
        public Series {
            points = points.stream()
                    .filter(point -> point.x() > 0 && point.y() > 0)
                    .sorted(Comparator.comparingDouble(Point::x))
                    .toList();
        }
    }

    /** The picture; without any point it says so. */
    public String svg() {
        int height = HEIGHT + LEGEND_LINE * series.size();
        Svg svg = new Svg(title, height);
        if (series.isEmpty()) {
            return svg.text(LEFT, HEIGHT / 2.0, "faint", "start", "nothing was measured")
                    .end();
        }
        double floor = HEIGHT - BOTTOM;
        Scale across = scale(Point::x, LEFT, Svg.WIDTH - RIGHT);
        Scale up = scale(Point::y, floor, TOP);
        axes(svg, across, up, floor);
        for (int i = 0; i < series.size(); i++) {
            Series one = series.get(i);
            draw(svg, one, across, up);
            double y = HEIGHT + i * LEGEND_LINE;
            double middle = y - 4;
            svg.line(
                    one.colour(),
                    Svg.number(LEFT) + "," + Svg.number(middle) + " " + Svg.number(LEFT + 26) + ","
                            + Svg.number(middle),
                    one.dashed());
            svg.text(LEFT + 34, y, "ink", "start", one.name());
        }
        return svg.end();
    }

    private Scale scale(ToDoubleFunction<Point> value, double from, double to) {
        double[] all = series.stream()
                .flatMap(one -> one.points().stream())
                .mapToDouble(value)
                .sorted()
                .toArray();
        return Scale.logarithmic(all[0], all[all.length - 1], from, to);
    }

    private void axes(Svg svg, Scale across, Scale up, double floor) {
        for (double tick : across.ticks()) {
            svg.gridLine(across.pixel(tick), TOP, across.pixel(tick), floor);
            svg.text(across.pixel(tick), floor + 18, "faint", "middle", Svg.label(tick));
        }
        for (double tick : up.ticks()) {
            svg.gridLine(LEFT, up.pixel(tick), Svg.WIDTH - RIGHT, up.pixel(tick));
            svg.text(LEFT - 8, up.pixel(tick) + 4, "faint", "end", Svg.label(tick));
        }
        svg.text((LEFT + Svg.WIDTH - RIGHT) / 2.0, floor + 38, "faint", "middle", x);
        svg.upwards(20, (TOP + floor) / 2, y);
    }

    private static void draw(Svg svg, Series one, Scale across, Scale up) {
        List<String> points = new ArrayList<>();
        for (Point point : one.points()) {
            double x = across.pixel(point.x());
            double y = up.pixel(point.y());
            points.add(Svg.number(x) + "," + Svg.number(y));
            svg.dot(one.colour(), x, y, point.marked() ? 6 : 3);
        }
        svg.line(one.colour(), String.join(" ", points), one.dashed());
    }
}
