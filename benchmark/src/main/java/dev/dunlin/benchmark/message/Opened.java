package dev.dunlin.benchmark.message;

import dev.dunlin.benchmark.load.Target;
import dev.dunlin.benchmark.process.BenchmarkSuite;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is measured, open and ready for messages. {@link #close} closes it and ends its processes.
 *
 * @param pids its processes by name
 * @param ownWork whether the work of this process belongs to it, as with the floor
 * @param suite if it is Dunlin
 * @param closing in this order
 */
record Opened(
        Target target,
        Map<String, Long> pids,
        boolean ownWork,
        Optional<BenchmarkSuite> suite,
        List<AutoCloseable> closing)
        implements AutoCloseable {
    @Override
    public void close() throws IOException {
        for (AutoCloseable one : closing) {
            try {
                one.close();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
