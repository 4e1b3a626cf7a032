package dev.dunlin.benchmark.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * CPU time of processes from {@code /proc/PID/stat}, in user and kernel mode together; a process's
 * children count with it.
 */
public final class CpuTimes {
    /** Of a tick of {@code /proc}: USER_HZ is 100 on every Linux that Java runs on. */
    private static final long NANOS_A_TICK = 10_000_000;

    private CpuTimes() {}

    /** One line of {@code stat}. */
    record Stat(long pid, long parent, long ticks) {
        /** Parses a line; the command's name, in parentheses, may hold anything. */
        static Stat parse(String line) {
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return new Stat(
                    Long.parseLong(line.substring(0, line.indexOf(' '))),
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[11])
                            + Long.parseLong(fields[12])
                            + Long.parseLong(fields[13])
                            + Long.parseLong(fields[14]));
        }
    }

    /** The CPU time so far of each named process and of what it started, waited for or not. */
    public static Map<String, Duration> of(Map<String, Long> pids) throws IOException {
        Map<Long, Long> ticks = new HashMap<>();
        Map<Long, List<Long>> children = new HashMap<>();
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            entries.filter(entry ->
                            Character.isDigit(entry.getFileName().toString().charAt(0)))
                    .forEach(entry -> {
                        try {
                            Stat stat = Stat.parse(Files.readString(entry.resolve("stat")));
                            ticks.put(stat.pid(), stat.ticks());
                            children.computeIfAbsent(stat.parent(), key -> new ArrayList<>())
                                    .add(stat.pid());
                        } catch (IOException gone) {
                            // it ended while we looked
                        }
                    });
        }
        Map<String, Duration> times = new HashMap<>();
        pids.forEach((name, pid) -> times.put(name, Duration.ofNanos(total(pid, ticks, children) * NANOS_A_TICK)));
        return times;
    }

    private static long total(long pid, Map<Long, Long> ticks, Map<Long, List<Long>> children) {
        long sum = ticks.getOrDefault(pid, 0L);
        for (long child : children.getOrDefault(pid, List.of())) {
            sum += total(child, ticks, children);
        }
        return sum;
    }
}
