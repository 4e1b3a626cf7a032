package dev.dunlin.benchmark.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * CPU time of processes, in user and kernel mode together, from the scheduler's own counter
 * ({@code /proc/PID/task/TID/schedstat}), which counts nanoseconds. A process's children count with
 * it. Threads and children that have ended do not count any more.
 */
public final class CpuTimes {
    private CpuTimes() {}

    /** One line of {@code stat}. */
    record Stat(long pid, long parent) {
        /** Parses a line; the command's name, in parentheses, may hold anything. */
        static Stat parse(String line) {
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return new Stat(Long.parseLong(line.substring(0, line.indexOf(' '))), Long.parseLong(fields[1]));
        }
    }

    /** The CPU time so far of each named process and of its children that run. */
    public static Map<String, Duration> of(Map<String, Long> pids) throws IOException {
        Map<Long, List<Long>> children = children();
        Map<String, Duration> times = new HashMap<>();
        for (Map.Entry<String, Long> process : pids.entrySet()) {
            times.put(process.getKey(), Duration.ofNanos(total(process.getValue(), children)));
        }
        return times;
    }

    /** The CPU time so far of this process, without its children. */
    public static Duration own() throws IOException {
        return Duration.ofNanos(ofThreads(ProcessHandle.current().pid()));
    }

    /** What each process has used between two looks, in nanoseconds, sorted by name. */
    public static Map<String, Long> between(Map<String, Duration> before, Map<String, Duration> after) {
        Map<String, Long> used = new TreeMap<>();
        after.forEach((name, time) -> used.put(
                name,
                Math.max(0, time.minus(before.getOrDefault(name, Duration.ZERO)).toNanos())));
        return used;
    }

    private static Map<Long, List<Long>> children() throws IOException {
        Map<Long, List<Long>> children = new HashMap<>();
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            for (Path entry : entries.filter(CpuTimes::isNumber).toList()) {
                try {
                    Stat stat = Stat.parse(Files.readString(entry.resolve("stat")));
                    children.computeIfAbsent(stat.parent(), key -> new ArrayList<>())
                            .add(stat.pid());
                } catch (IOException ended) {
                    // while we looked
                }
            }
        }
        return children;
    }

    private static long total(long pid, Map<Long, List<Long>> children) throws IOException {
        long sum = ofThreads(pid);
        for (long child : children.getOrDefault(pid, List.of())) {
            sum += total(child, children);
        }
        return sum;
    }

    private static long ofThreads(long pid) throws IOException {
        long nanos = 0;
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads.toList()) {
                try {
                    nanos += nanos(Files.readString(thread.resolve("schedstat")));
                } catch (IOException ended) {
                    // while we looked
                }
            }
        } catch (NoSuchFileException ended) {
            return 0;
        }
        return nanos;
    }

    /** The first of three numbers: time on a CPU. The others: time in the queue, time slices. */
    static long nanos(String schedstat) {
        return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
    }

    private static boolean isNumber(Path entry) {
        return Character.isDigit(entry.getFileName().toString().charAt(0));
    }
}
