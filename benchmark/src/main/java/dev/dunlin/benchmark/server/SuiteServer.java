package dev.dunlin.benchmark.server;

import dev.dunlin.benchmark.dialect.Dialect;
import dev.dunlin.benchmark.dialect.Dunlin;
import dev.dunlin.benchmark.process.BenchmarkSuite;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * Dunlin itself.
 *
 * @param suite which it closes
 */
public record SuiteServer(BenchmarkSuite suite) implements Server {
    /** Starts it. Blocks. */
    public static SuiteServer start(BenchmarkSuite.Setup setup) throws IOException, InterruptedException {
        return new SuiteServer(BenchmarkSuite.start(setup));
    }

    @Override
    public Dialect dialect() {
        return new Dunlin(suite::token);
    }

    @Override
    public URI node(int number) {
        return suite.node(number);
    }

    @Override
    public Map<String, Long> pids() throws InterruptedException {
        return suite.pids();
    }

    @Override
    public void close() throws IOException {
        suite.close();
    }
}
