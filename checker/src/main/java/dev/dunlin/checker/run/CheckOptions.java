package dev.dunlin.checker.run;

import dev.dunlin.checker.nemesis.Fault;
import dev.dunlin.engines.Store;
import java.time.Duration;
import java.util.List;

/**
 * The options of a check.
 *
 * @param length the length of the workload; healing, quiet and reading follow
 * @param store where messages are stored
 * @param clients the number of clients; half of them publish
 * @param rate publishes each second, attempted by all speakers together
 * @param nodes the number of connection nodes
 * @param name part of the names of channels and users
 * @param afterwards how long publishing continues after everything has healed
 * @param presence whether presence is checked, which takes most of a minute at the end
 * @param push whether notifications are checked; the suite needs {@link SuiteSettings#PUSH}
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
        Duration afterwards,
        boolean presence,
        boolean push) {
    public CheckOptions {
        faults = List.copyOf(faults);
    }

    /** Presence and notifications are checked if there are faults. */
    public CheckOptions(
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
        this(
                seed,
                length,
                faults,
                store,
                clients,
                rate,
                nodes,
                messageServices,
                name,
                afterwards,
                !faults.isEmpty(),
                !faults.isEmpty());
    }
}
