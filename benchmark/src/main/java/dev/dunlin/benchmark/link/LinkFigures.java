package dev.dunlin.benchmark.link;

import java.util.List;
import java.util.Map;

/** The raw figures of {@code link.json}, in bytes. */
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

    /** The whole file. */
    record File(
            String machine,
            String loadBefore,
            String loadAfter,
            List<String> arguments,
            List<Row> rows,
            List<Node> nodes) {}
}
