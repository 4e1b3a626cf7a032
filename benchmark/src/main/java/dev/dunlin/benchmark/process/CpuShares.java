package dev.dunlin.benchmark.process;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Sums stacks by what they are for: the innermost frame that one of the patterns knows decides. */
public final class CpuShares {
    private static final Map<String, Pattern> KINDS = kinds();
    private static final String OTHER = "other";

    private CpuShares() {}

    private static Map<String, Pattern> kinds() {
        Map<String, Pattern> kinds = new LinkedHashMap<>();
        kinds.put("JIT compiler", Pattern.compile("CompilerThre|CompileBroker"));
        kinds.put("garbage collector", Pattern.compile("VM_Gen|SerialHeap|DefNewGen|G1Collect|G1ParTask|GC Thread"));
        kinds.put("logging", Pattern.compile("org/jboss/logmanager|java/util/logging"));
        kinds.put("metrics", Pattern.compile("io/micrometer"));
        kinds.put("tracing", Pattern.compile("io/opentelemetry"));
        kinds.put("JSON", Pattern.compile("com/fasterxml/jackson"));
        kinds.put("JDBC", Pattern.compile("org/postgresql|io/agroal"));
        kinds.put("Redis client", Pattern.compile("io/vertx/redis"));
        kinds.put("Kafka", Pattern.compile("org/apache/kafka|^kafka/"));
        kinds.put("SmallRye and Mutiny", Pattern.compile("io/smallrye"));
        kinds.put("Netty and Vert.x", Pattern.compile("io/netty|io/vertx"));
        kinds.put("Dunlin's own", Pattern.compile("dev/dunlin"));
        return kinds;
    }

    /** The share of each kind, from 0 to 1, largest first. */
    public static Map<String, Double> of(List<String> stacks) {
        return of(stacks, CpuShares::kind);
    }

    /** The same with other kinds; {@code kindOf} gets a stack, outermost frame first. */
    public static Map<String, Double> of(List<String> stacks, UnaryOperator<String> kindOf) {
        Map<String, Long> counts = new TreeMap<>();
        long total = 0;
        for (String line : stacks) {
            int space = line.lastIndexOf(' ');
            long count = Long.parseLong(line.substring(space + 1));
            counts.merge(kindOf.apply(line.substring(0, space)), count, Long::sum);
            total += count;
        }
        Map<String, Double> shares = new LinkedHashMap<>();
        double all = Math.max(1, total);
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> shares.put(entry.getKey(), entry.getValue() / all));
        return shares;
    }

    static String kind(String stack) {
        String[] frames = stack.split(";", -1);
        for (int i = frames.length - 1; i >= 0; i--) {
            for (Map.Entry<String, Pattern> kind : KINDS.entrySet()) {
                if (kind.getValue().matcher(frames[i]).find()) {
                    return kind.getKey();
                }
            }
        }
        return OTHER;
    }
}
