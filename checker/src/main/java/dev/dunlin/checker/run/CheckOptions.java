package dev.dunlin.checker.run;

import dev.dunlin.checker.nemesis.Fault;
import java.time.Duration;
import java.util.List;

/**
 * What a check is to do.
 *
 * @param length of the workload; healing, quiet and reading come after it
 * @param store {@code postgres} or {@code cassandra}
 * @param clients half of them publish
 * @param rate publishes each second, tried by all speakers together
 * @param nodes connection nodes
 */
public record CheckOptions(
        long seed,
        Duration length,
        List<Fault> faults,
        String store,
        int clients,
        int rate,
        int nodes,
        int messageServices) {
    public CheckOptions {
        faults = List.copyOf(faults);
    }
}
