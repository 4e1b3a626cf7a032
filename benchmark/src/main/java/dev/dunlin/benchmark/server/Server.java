package dev.dunlin.benchmark.server;

import dev.dunlin.benchmark.dialect.Dialect;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * A server that runs on this machine, on loopback only. Owned by the benchmark that started it;
 * {@link #close} ends all of its processes and deletes its data, also when the benchmark is
 * interrupted. Blocks.
 */
public interface Server extends AutoCloseable {
    /** How its clients talk. */
    Dialect dialect();

    /** The origin of a node, 1 or 2; a server of one node has only that. */
    URI node(int number);

    /** Its processes and engines, by name. */
    Map<String, Long> pids() throws InterruptedException;

    @Override
    void close() throws IOException;
}
