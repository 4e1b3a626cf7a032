package dev.dunlin.benchmark.swarm;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/** How many came back when. */
public final class Spread {
    private final TreeMap<Long, Integer> slots = new TreeMap<>();
    private final long slotMillis;
    private int total;

    /** {@code from}: where time begins; what was before does not count. */
    public Spread(List<Long> nanos, long from, Duration slot) {
        this.slotMillis = slot.toMillis();
        for (long at : nanos) {
            if (at >= from) {
                slots.merge((at - from) / slot.toNanos(), 1, Integer::sum);
                total++;
            }
        }
    }

    public int total() {
        return total;
    }

    /** The part that came in the busiest slot. */
    public double busiest() {
        return slots.values().stream().mapToInt(Integer::intValue).max().orElse(0) / (double) Math.max(1, total);
    }

    /** From the first to the last, in whole slots. */
    public Duration width() {
        return slots.isEmpty()
                ? Duration.ZERO
                : Duration.ofMillis((slots.lastKey() - slots.firstKey() + 1) * slotMillis);
    }

    /** A line for each slot. */
    public String table() {
        StringBuilder lines = new StringBuilder("| from (s) | came back |\n|---|---|\n");
        slots.forEach((slot, count) -> lines.append("| %.1f | %d |%n".formatted(slot * slotMillis / 1000.0, count)));
        return lines.toString();
    }
}
