package dev.dunlin.engines.testing.server;

import dev.dunlin.engines.Checkout;
import dev.dunlin.engines.Engines;
import dev.dunlin.engines.supervise.Ports;
import dev.dunlin.engines.supervise.ProcessRecords;
import dev.dunlin.engines.supervise.ProcessSpec;
import dev.dunlin.engines.supervise.RunningProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The tests' Cassandra. It takes more memory than the other engines together, so it runs only when
 * a test asks for it. Thread-safe.
 */
final class CassandraOnDemand {
    private final Checkout checkout;
    private final Path data;
    private final Ports ports;
    private final ProcessRecords records;
    private final List<RunningProcess> running;
    private Optional<String> contactPoint = Optional.empty();

    /** {@code running} takes the process when there is one. */
    CassandraOnDemand(Checkout checkout, Path data, Ports ports, ProcessRecords records, List<RunningProcess> running) {
        this.checkout = checkout;
        this.data = data;
        this.ports = ports;
        this.records = records;
        this.running = running;
    }

    /** Where it listens; starts it the first time, which takes seconds. */
    synchronized String contactPoint() throws IOException {
        if (contactPoint.isEmpty()) {
            try {
                ProcessSpec spec = Engines.cassandra(checkout, data, ports, System.out::println);
                RunningProcess process = RunningProcess.start(spec, records);
                running.add(process);
                process.awaitReady();
                contactPoint = Optional.of(spec.url());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
        return contactPoint.get();
    }
}
