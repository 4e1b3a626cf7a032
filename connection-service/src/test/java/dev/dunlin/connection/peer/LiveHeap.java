package dev.dunlin.connection.peer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The live heap of a process by class.
 *
 * @param bytes by class, as {@code jcmd} names it
 */
public record LiveHeap(Map<String, Long> bytes) {
    /** Dead space that the collector did not compact. */
    private static final String FILLER = "[Ljdk.internal.vm.FillerElement;";

    private static final int LARGEST = 60;

    /** Parses what {@code jcmd PID GC.class_histogram} prints. */
    static LiveHeap parse(String histogram) {
        Map<String, Long> bytes = new TreeMap<>();
        histogram.lines().map(line -> line.strip().split(" +", 5)).forEach(fields -> {
            if (fields.length >= 4 && fields[0].matches("\\d+:") && !fields[3].equals(FILLER)) {
                bytes.merge(fields[3], Long.parseLong(fields[2]), Long::sum);
            }
        });
        return new LiveHeap(bytes);
    }

    /** Whether it has instances of a class. */
    public boolean has(String type) {
        return bytes.containsKey(type);
    }

    /** Without these classes. */
    public LiveHeap except(List<String> types) {
        Map<String, Long> others = new TreeMap<>(bytes);
        others.keySet().removeAll(types);
        return new LiveHeap(others);
    }

    public long total() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The bytes that it has more than another one for each of {@code things}. */
    public long more(LiveHeap than, int things) {
        return Math.round((total() - than.total()) / (double) things);
    }

    /** The same by class, the largest first, one a line. */
    public String moreByClass(LiveHeap than, int things) {
        Map<String, Double> more = new LinkedHashMap<>();
        bytes.forEach((type, count) -> more.put(type, (count - than.bytes.getOrDefault(type, 0L)) / (double) things));
        return more.entrySet().stream()
                .filter(entry -> Math.abs(entry.getValue()) >= 2)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(LARGEST)
                .map(entry -> "%8.1f %s".formatted(entry.getValue(), entry.getKey()))
                .collect(Collectors.joining("\n", "\n", "\n"));
    }
}
