package dev.dunlin.checker.verdict;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was found. */
public record Verdict(List<Violation> violations, Figures figures) {
    public Verdict {
        violations = List.copyOf(violations);
    }

    /** How many breaches of each promise; every promise is there. */
    public Map<Promise, Long> counts() {
        Map<Promise, Long> counts = new EnumMap<>(Promise.class);
        for (Promise promise : Promise.values()) {
            counts.put(promise, count(promise));
        }
        return counts;
    }

    /** How many breaches of one promise. */
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
