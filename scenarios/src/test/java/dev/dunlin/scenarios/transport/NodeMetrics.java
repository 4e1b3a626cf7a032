package dev.dunlin.scenarios.transport;

import dev.dunlin.scenarios.suite.Replies;
import dev.dunlin.scenarios.suite.Suite;
import java.io.IOException;
import java.net.URI;

/** What a connection node says of itself. */
record NodeMetrics(Suite suite, int node) {
    /** The sum of a metric over its labels; 0 if it was never counted. */
    double sum(String name) throws IOException {
        return new Replies(suite.http())
                .get(URI.create(suite.stack().managementUrl("connection-" + node) + "/q/metrics"))
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
