package dev.dunlin.benchmark.server;

import java.io.IOException;
import java.util.Optional;

/**
 * One of the servers of a table.
 *
 * @param name its column
 * @param missing what is not installed, as a line for the user; empty if it can be started
 */
public record Contender(String name, Optional<String> missing, Start start) {
    /** Starts it and waits until it serves. */
    @FunctionalInterface
    public interface Start {
        Server start() throws IOException, InterruptedException;
    }
}
