package dev.dunlin.benchmark.push;

import dev.dunlin.benchmark.process.CpuShares;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Sums stacks of push-service by the step of a delivery: the first pattern that is found decides.
 */
final class Work {
    private static final Map<String, Pattern> STEPS = steps();
    private static final String OTHER = "other";

    private Work() {}

    private static Map<String, Pattern> steps() {
        Map<String, Pattern> steps = new LinkedHashMap<>();
        steps.put("JIT compiler", Pattern.compile("CompileBroker|CompilerThre"));
        steps.put("garbage collector", Pattern.compile("VM_Gen|SerialHeap|DefNewGen|G1Collect|GC Thread|VM_Operation"));
        steps.put("claim rows", Pattern.compile("PostgresPending\\.claim"));
        steps.put("ask for messages, texts, presence, badges", Pattern.compile("push/schedule/Planner\\."));
        steps.put("build and send", Pattern.compile("push/schedule/Courier\\.send"));
        steps.put("record outcomes", Pattern.compile("push/schedule/(Settler|Courier)\\."));
        steps.put("event loops: HTTP/2, TLS", Pattern.compile("io/netty/(channel|handler|util/concurrent)"));
        steps.put("consume events", Pattern.compile("org/apache/kafka|push/event/"));
        steps.put("virtual threads", Pattern.compile("java/lang/VirtualThread|ForkJoinPool"));
        return steps;
    }

    /** The share of each step, from 0 to 1, largest first. */
    static Map<String, Double> of(List<String> stacks) {
        return CpuShares.of(stacks, Work::step);
    }

    private static String step(String stack) {
        return STEPS.entrySet().stream()
                .filter(step -> step.getValue().matcher(stack).find())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(OTHER);
    }
}
