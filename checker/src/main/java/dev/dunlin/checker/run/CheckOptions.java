package dev.dunlin.checker.run;

import dev.dunlin.checker.nemesis.Fault;
import dev.dunlin.engines.Store;
import java.time.Duration;
import java.util.List;

/**
 * What a check is to do.
 *
 * @param length of the workload; healing, quiet and reading come after it
 * @param store what messages are stored in
 * @param clients half of them publish
 * @param rate publishes each second, tried by all speakers together
 * @param nodes connection nodes
 * @param name of the channels and users
 * @param afterwards how long it goes on publishing when all is healed
 */
public record CheckOptions(
        long seed,
        Duration length,
        List<Fault> faults,
        Store store,
        int clients,
        int rate,
        int nodes,
        int messageServices,
        String name,
        Duration afterwards) {
    public CheckOptions {
        faults = List.copyOf(faults);
    }
}
