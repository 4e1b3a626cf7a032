package dev.dunlin.checker.verdict;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The violations and figures of a check. */
public record Verdict(List<Violation> violations, Figures figures) {
    public Verdict {
        violations = List.copyOf(violations);
    }

    /** The number of violations of each promise; every promise is present. */
    public Map<Promise, Long> counts() {
        Map<Promise, Long> counts = new EnumMap<>(Promise.class);
        for (Promise promise : Promise.values()) {
            counts.put(promise, count(promise));
        }
        return counts;
    }

    /** The number of violations of one promise. */
    public long count(Promise promise) {
        return violations.stream()
                .filter(violation -> violation.promise() == promise)
                .count();
    }

    /** Whether every promise was kept. */
    public boolean isClean() {
        return violations.isEmpty();
    }
}
