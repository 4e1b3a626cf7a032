package dev.dunlin.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ChartTest {
    @Test
    void aLogarithmicAxisBeginsAndEndsAtRoundNumbersAroundTheValues() {
        Scale scale = Scale.logarithmic(20, 1_300, 0, 100);
        assertThat(scale.low()).isEqualTo(20);
        assertThat(scale.high()).isEqualTo(2_000);
        assertThat(scale.ticks()).containsExactly(20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0, 2_000.0);
        assertThat(scale.pixel(20)).isEqualTo(0);
        assertThat(scale.pixel(200)).isCloseTo(50, within(0.01));
        assertThat(scale.pixel(2_000)).isCloseTo(100, within(0.01));
    }

    @Test
    void aSingleValueHasAnAxisToo() {
        Scale scale = Scale.logarithmic(50, 50, 0, 100);
        assertThat(scale.low()).isEqualTo(50);
        assertThat(scale.high()).isGreaterThan(50);
        assertThatThrownBy(() -> new Scale(true, 0, 1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aLinearAxisBeginsAtZeroAndMayRunUpwards() {
        Scale scale = Scale.linear(2_143, 300, 0);
        assertThat(scale.ticks()).containsExactly(0.0, 500.0, 1_000.0, 1_500.0, 2_000.0, 2_500.0);
        assertThat(scale.pixel(0)).isEqualTo(300);
        assertThat(scale.pixel(2_500)).isEqualTo(0);
    }

    @Test
    void aLineChartIsWellFormedAndHasItsAxesAndSeries() throws Exception {
        String svg = new LineChart(
                        "Latency <of> it",
                        "messages a second",
                        "latency, ms",
                        List.of(new LineChart.Series(
                                "Dunlin & peer",
                                false,
                                0,
                                List.of(
                                        new LineChart.Point(100, 2, true),
                                        new LineChart.Point(10, 1, false),
                                        new LineChart.Point(0, 0, false)))))
                .svg();
        Document document = parsed(svg);
        assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(2);
        assertThat(svg)
                .contains("Latency &lt;of&gt; it", "Dunlin &amp; peer", "messages a second", "latency, ms")
                .contains("points=\"70.0,380.0 740.0,44.0\"", "prefers-color-scheme: dark");
    }

    @Test
    void aChartWithoutMeasurementsSaysSo() throws Exception {
        String svg = new LineChart("t", "x", "y", List.of(new LineChart.Series("a", false, 0, List.of()))).svg();
        assertThat(parsed(svg).getDocumentElement().getTextContent()).contains("nothing was measured");
    }

    @Test
    void theBarsAreAsLongAsTheirParts() throws Exception {
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("Netty", 250.0);
        parts.put("ours", 750.0);
        String svg = new StackedBars("t", "bytes", List.of(new StackedBars.Bar("WebSocket", parts))).svg();
        Document document = parsed(svg);
        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(1 + 2 + 2);
        assertThat(svg)
                .contains("x=\"210.0\" y=\"44.0\" width=\"120.0\"", "x=\"330.0\" y=\"44.0\" width=\"360.0\"")
                .contains(">1,000</text>", ">bytes</text>");
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
