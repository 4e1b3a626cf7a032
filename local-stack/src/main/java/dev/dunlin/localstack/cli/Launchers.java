package dev.dunlin.localstack.cli;

import dev.dunlin.engines.supervise.ProcessRecords;
import dev.dunlin.localstack.cli.Control.Address;
import java.util.Optional;

/** Launcher processes, known by pid and start time. */
final class Launchers {
    private Launchers() {}

    static boolean isAlive(Address address) {
        return handle(address).isPresent();
    }

    static Optional<ProcessHandle> handle(Address address) {
        return ProcessHandle.of(address.pid())
                .filter(ProcessHandle::isAlive)
                .filter(handle -> ProcessRecords.isSame(ProcessRecords.startOf(handle), address.start()));
    }
}
