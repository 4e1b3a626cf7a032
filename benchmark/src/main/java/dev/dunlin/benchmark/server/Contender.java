package dev.dunlin.benchmark.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

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

    /** What is done with each of them. Blocks. */
    @FunctionalInterface
    public interface Measure<T> {
        T of(String name, Server server) throws IOException, InterruptedException;
    }

    /** Writes the page with what is measured so far. */
    @FunctionalInterface
    public interface Written<T> {
        void with(List<T> soFar) throws IOException, InterruptedException;
    }

    /**
     * Measures one after the other, each alone on the machine.
     *
     * @param missing the result of one that is not installed, by its name and the line for the user
     * @param written is called after each of them
     */
    public static <T> List<T> measure(
            List<Contender> all, BiFunction<String, String, T> missing, Measure<T> measure, Written<T> written)
            throws IOException, InterruptedException {
        List<T> results = new ArrayList<>();
        for (Contender contender : all) {
            String name = contender.name();
            System.err.println(
                    name + contender.missing().map(line -> ": " + line).orElse(""));
            if (contender.missing().isPresent()) {
                results.add(missing.apply(name, contender.missing().get()));
            } else {
                try (Server server = contender.start().start()) {
                    results.add(measure.of(name, server));
                }
            }
            written.with(results);
        }
        return results;
    }
}
