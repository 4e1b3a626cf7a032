package dev.dunlin.benchmark.swarm;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How a swarm behaves.
 *
 * @param nodes where it connects: its links are spread evenly, and one that is lost tries the next
 * @param ramp how many links are opened each second at first
 * @param backoff the most that a link waits which was refused or lost without {@code goaway}; it
 *     waits a random part, and of twice as much after each further time
 */
public record SwarmOptions(List<URI> nodes, int ramp, Duration backoff) {
    public SwarmOptions {
        nodes = List.copyOf(nodes);
    }
}
