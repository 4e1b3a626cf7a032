package dev.dunlin.benchmark.message;

import java.io.IOException;
import java.util.Optional;

/**
 * One column of the tables.
 *
 * @param missing why it cannot be measured, as a line for the user
 */
record Candidate(String name, Optional<String> missing, Opening opening) {
    /** Starts it; blocks. */
    @FunctionalInterface
    interface Opening {
        Opened open() throws IOException, InterruptedException;
    }
}
