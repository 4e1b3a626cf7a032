package dev.dunlin.engines.supervise;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One process to run, before it has a pid.
 *
 * @param name what the user calls it; also the name of its log and its record
 * @param role what it is, such as {@code connection-service}
 * @param environment added to this process's own environment
 * @param url where it is reached, for the reader
 * @param log takes its output; begins empty at each start of the stack
 * @param startTimeout how long it may take until {@code ready} says so
 */
public record ProcessSpec(
        String name,
        String role,
        List<String> command,
        Map<String, String> environment,
        Path directory,
        String url,
        Path log,
        Probe ready,
        Duration startTimeout,
        StopSignal stopSignal) {
    public ProcessSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** What asks the process to end in order. */
    public enum StopSignal {
        TERM,
        INT
    }
}
