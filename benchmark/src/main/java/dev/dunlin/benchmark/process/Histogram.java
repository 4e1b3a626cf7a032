package dev.dunlin.benchmark.process;

import dev.dunlin.engines.supervise.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What lives on the heap of a JVM, by class, after a full collection.
 *
 * @param bytes by class
 */
public record Histogram(Map<String, Long> bytes) {
    /**
     * Dead space that the collector left where it was, since moving what follows it would not have
     * paid.
     */
    private static final String DEAD = "[Ljdk.internal.vm.FillerElement;";

    public Histogram {
        bytes = Map.copyOf(bytes);
    }

    /** Asks a process ({@code jcmd PID GC.class_histogram}), which collects all garbage for it. */
    public static Histogram of(long pid) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        JavaCommand.executable().resolveSibling("jcmd").toString(),
                        Long.toString(pid),
                        "GC.class_histogram")
                .redirectErrorStream(true);
        builder.environment().remove("_JAVA_OPTIONS");
        Process jcmd = builder.start();
        String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, Long> bytes = new LinkedHashMap<>();
        text.lines().map(line -> line.strip().split(" +", 5)).forEach(fields -> {
            if (fields.length >= 4 && fields[0].endsWith(":") && !fields[0].equals("num") && !fields[3].equals(DEAD)) {
                bytes.merge(fields[3], Long.parseLong(fields[2]), Long::sum);
            }
        });
        if (bytes.isEmpty()) {
            throw new IOException("jcmd said: " + text);
        }
        return new Histogram(bytes);
    }

    public long total() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * How many bytes more each class has than in another histogram, divided by {@code things}. The
     * largest is first; differences under two bytes are left out.
     */
    public List<Map.Entry<String, Double>> more(Histogram than, int things) {
        TreeSet<String> all = new TreeSet<>(bytes.keySet());
        all.addAll(than.bytes.keySet());
        return all.stream()
                .map(name -> Map.entry(
                        name, (bytes.getOrDefault(name, 0L) - than.bytes.getOrDefault(name, 0L)) / (double) things))
                .filter(entry -> entry.getValue() >= 2)
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                .toList();
    }

    /** Resident memory of a process in bytes. */
    public static long residentBytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
