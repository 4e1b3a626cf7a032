package dev.dunlin.scenarios.check;

import static org.awaitility.Awaitility.await;

import dev.dunlin.checker.history.Recorder;
import dev.dunlin.checker.run.Check.Interference;
import dev.dunlin.checker.run.Result;
import dev.dunlin.checker.transport.Access;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs small checks of one suite, several at a time: each mostly waits, and each has its own
 * channels. For one thread.
 */
final class SmallChecks {
    private static final int AT_ONCE = 3;
    /** With this many acknowledged publishes, each link gets enough messages for every breakage. */
    private static final long ENOUGH = 60;

    private static final Duration MOST_PATIENCE = Duration.ofSeconds(60);

    private final CheckedSuite suite;
    private final Map<String, Callable<Result>> checks = new LinkedHashMap<>();
    private final Map<String, Future<Result>> results = new LinkedHashMap<>();

    SmallChecks(CheckedSuite suite) {
        this.suite = suite;
    }

    /** Adds a check with these interferences: during the workload, and before the logs are read. */
    void add(String name, Access access, Interference during, Interference before) {
        add(name, access, false, during, before);
    }

    /** The same of presence too, which takes most of a minute. */
    void addWithPresence(String name, Access access, Interference during) {
        add(name, access, true, during, (plan, recorder) -> {});
    }

    private void add(String name, Access access, boolean presence, Interference during, Interference before) {
        checks.put(
                name,
                () -> CheckedSuite.shown(suite.small(name, access, presence)
                        .run(
                                (plan, recorder) -> {
                                    during.run(plan, recorder);
                                    awaitEnough(recorder);
                                },
                                before)));
    }

    /** Runs all of them. Blocks until the last one has ended. */
    void run() {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            checks.forEach((name, check) -> results.put(name, threads.submit(check)));
        }
    }

    /** Keeps the workload going until enough is acknowledged, however busy the machine is. */
    private static void awaitEnough(Recorder recorder) {
        await().dontCatchUncaughtExceptions().atMost(MOST_PATIENCE).until(() -> recorder.acked() >= ENOUGH);
    }

    /** How a check ended; fails as it did. */
    Result of(String name) throws IOException, InterruptedException {
        try {
            return Objects.requireNonNull(results.get(name), name).get();
        } catch (ExecutionException failed) {
            throw new IOException("the check " + name + " failed: " + failed.getCause(), failed.getCause());
        }
    }
}
