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
 * it. Of a thread or a child that ends between two looks, what it used since the first is not known
 * and does not count.
 *
 * @param threads the nanoseconds of each thread, by the name of its process
 */
public record CpuTimes(Map<String, Map<Long, Long>> threads) {

    /** One line of {@code stat}. */
    record Stat(long pid, long parent) {
        /** Parses a line; the command's name, in parentheses, may hold anything. */
        static Stat parse(String line) {
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return new Stat(Long.parseLong(line.substring(0, line.indexOf(' '))), Long.parseLong(fields[1]));
        }
    }

    /** The CPU time so far of each named process and of its children that run. */
    public static CpuTimes of(Map<String, Long> pids) throws IOException {
        Map<Long, List<Long>> children = children();
        Map<String, Map<Long, Long>> threads = new HashMap<>();
        for (Map.Entry<String, Long> process : pids.entrySet()) {
            Map<Long, Long> own = new HashMap<>();
            collect(process.getValue(), children, own);
            threads.put(process.getKey(), own);
        }
        return new CpuTimes(threads);
    }

    /** The CPU time so far of this process, without its children. */
    public static Duration own() throws IOException {
        return own("").total("");
    }

    /** The same, under a name. */
    public static CpuTimes own(String name) throws IOException {
        Map<Long, Long> threads = new HashMap<>();
        collect(ProcessHandle.current().pid(), Map.of(), threads);
        return new CpuTimes(Map.of(name, threads));
    }

    /** The CPU time so far of one of the processes. */
    public Duration total(String name) {
        return Duration.ofNanos(sum(threads.getOrDefault(name, Map.of())));
    }

    /** What each process has used since an earlier look, in nanoseconds, sorted by name. */
    public Map<String, Long> since(CpuTimes before) {
        Map<String, Long> used = new TreeMap<>();
        threads.forEach((name, now) -> {
            Map<Long, Long> earlier = before.threads.getOrDefault(name, Map.of());
            Map<Long, Long> grown = new HashMap<>();
            now.forEach((thread, nanos) -> grown.put(thread, nanos - earlier.getOrDefault(thread, 0L)));
            used.put(name, sum(grown));
        });
        return used;
    }

    private static long sum(Map<Long, Long> nanos) {
        return nanos.values().stream().mapToLong(Long::longValue).sum();
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

    private static void collect(long pid, Map<Long, List<Long>> children, Map<Long, Long> into) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads.toList()) {
                try {
                    into.put(
                            Long.parseLong(thread.getFileName().toString()),
                            nanos(Files.readString(thread.resolve("schedstat"))));
                } catch (IOException ended) {
                    // while we looked
                }
            }
        } catch (NoSuchFileException ended) {
            return;
        }
        for (long child : children.getOrDefault(pid, List.of())) {
            collect(child, children, into);
        }
    }

    /** The first of three numbers: time on a CPU. The others: time in the queue, time slices. */
    static long nanos(String schedstat) {
        return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
    }

    private static boolean isNumber(Path entry) {
        return Character.isDigit(entry.getFileName().toString().charAt(0));
    }
}
