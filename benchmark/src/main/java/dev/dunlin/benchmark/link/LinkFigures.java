package dev.dunlin.benchmark.link;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The raw figures of {@code link.json}; sizes are in bytes. */
final class LinkFigures {
    private LinkFigures() {}

    /**
     * Links of one shape.
     *
     * @param live bytes of live heap for a link, by owner
     * @param resident the growth of the node's resident memory for a link, garbage included
     * @param classes bytes of live heap for a link by class, largest first
     */
    record Row(String shape, int links, Map<String, Double> live, double resident, Map<String, Double> classes) {
        double total() {
            return live.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /**
     * The resident memory of a whole node.
     *
     * @param idle of every process before the first link
     * @param before of the node, before the links
     * @param most while they came
     * @param after of the node with its links, at rest
     */
    record Node(String name, Map<String, Long> idle, int links, long before, long most, long after) {}

    /**
     * The node's CPU for a WebSocket until it is subscribed, in microseconds, over TLS and without.
     */
    record Handshakes(double tlsMicros, double plainMicros) {}

    /** The whole file; the handshakes are null where they were left out. */
    record File(
            String machine,
            String loadBefore,
            String loadAfter,
            List<String> arguments,
            List<Row> rows,
            List<Node> nodes,
            @Nullable Handshakes handshakes) {}
}
