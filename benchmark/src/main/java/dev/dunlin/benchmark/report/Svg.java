package dev.dunlin.benchmark.report;

import java.util.Locale;

/**
 * The elements of a chart as SVG text. Colours follow the reader's light or dark setting, and each
 * series has a colour that people with a colour-vision deficiency can tell apart (Okabe and Ito).
 * Not thread-safe.
 */
final class Svg {
    static final int WIDTH = 760;

    private static final int COLOURS = 10;

    private final StringBuilder text = new StringBuilder();

    /** Begins a drawing with its title. */
    Svg(String title, int height) {
        text.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" font-family="system-ui, sans-serif" font-size="13">
                <title>%s</title>
                <style>
                .paper { fill: #ffffff } .ink { fill: #1f2328 } .faint { fill: #59636e } .grid { stroke: #d1d9e0; stroke-width: 1 }
                .line { fill: none; stroke-width: 2 }
                .s0 { --c: #0072b2 } .s1 { --c: #d55e00 } .s2 { --c: #009e73 } .s3 { --c: #aa4499 } .s4 { --c: #b07d00 } .s5 { --c: #56b4e9 } .s6 { --c: #777777 } .s7 { --c: #882255 } .s8 { --c: #332288 } .s9 { --c: #88ccee }
                .line { stroke: var(--c) } .fill { fill: var(--c) }
                @media (prefers-color-scheme: dark) {
                .paper { fill: #0d1117 } .ink { fill: #f0f6fc } .faint { fill: #9198a1 } .grid { stroke: #3d444d }
                .s0 { --c: #4aa8e0 } .s1 { --c: #ff8a3d } .s2 { --c: #2ecc9a } .s3 { --c: #d98ad0 } .s4 { --c: #e6b422 } .s5 { --c: #8fd0f5 } .s6 { --c: #aaaaaa } .s7 { --c: #cc6699 } .s8 { --c: #9a8cff } .s9 { --c: #bfe8ff }
                }
                </style>
                <rect class="paper" width="%d" height="%d"/>
                """.formatted(WIDTH, height, escaped(title), WIDTH, height));
        text(16, 24, "ink", "start", title, "font-weight=\"600\" font-size=\"15\"");
    }

    Svg text(double x, double y, String style, String anchor, String words, String more) {
        text.append("<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\" %s>%s</text>%n"
                .formatted(style, number(x), number(y), anchor, more, escaped(words)));
        return this;
    }

    Svg text(double x, double y, String style, String anchor, String words) {
        return text(x, y, style, anchor, words, "");
    }

    /** A text that reads upwards, around its middle. */
    Svg upwards(double x, double y, String words) {
        return text(x, y, "faint", "middle", words, "transform=\"rotate(-90 %s %s)\"".formatted(number(x), number(y)));
    }

    Svg gridLine(double x1, double y1, double x2, double y2) {
        text.append("<line class=\"grid\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>%n"
                .formatted(number(x1), number(y1), number(x2), number(y2)));
        return this;
    }

    /** A line of a series; {@code points} as {@code x,y x,y}. */
    Svg line(int series, String points, boolean dashed) {
        text.append("<polyline class=\"line %s\"%s points=\"%s\"/>%n"
                .formatted(colour(series), dashed ? " stroke-dasharray=\"5 4\"" : "", points));
        return this;
    }

    Svg dot(int series, double x, double y, double radius) {
        text.append("<circle class=\"fill %s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>%n"
                .formatted(colour(series), number(x), number(y), number(radius)));
        return this;
    }

    Svg bar(int series, double x, double y, double width, double height) {
        text.append("<rect class=\"fill %s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>%n"
                .formatted(colour(series), number(x), number(y), number(width), number(height)));
        return this;
    }

    private static String colour(int series) {
        return "s" + series % COLOURS;
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** A tick's label: {@code 0.5}, {@code 20}, {@code 10,000}. */
    static String label(double value) {
        return value >= 10 || value == Math.rint(value)
                ? Format.whole(value)
                : String.format(Locale.ROOT, "%s", Math.round(value * 1000) / 1000.0);
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    String end() {
        return text.append("</svg>\n").toString();
    }
}
