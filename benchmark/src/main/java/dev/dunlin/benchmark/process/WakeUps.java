package dev.dunlin.benchmark.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What it costs this machine to wake a thread. A virtual machine beside busy others can pay many
 * times as much in one hour as in the next, and services that are nearly idle do little else: so
 * the pages say it.
 */
public final class WakeUps {
    private static final Path OWN = Path.of("/proc/thread-self/schedstat");
    private static final int TIMES = 50;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private WakeUps() {}

    /** The CPU in microseconds of one sleep of 20 ms and its end. Blocks for a second. */
    public static double micros() throws IOException, InterruptedException {
        long before = CpuTimes.nanos(Files.readString(OWN));
        for (int i = 0; i < TIMES; i++) {
            Thread.sleep(PAUSE);
        }
        return (CpuTimes.nanos(Files.readString(OWN)) - before) / 1e3 / TIMES;
    }
}
