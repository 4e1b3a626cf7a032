package dev.dunlin.checker.verdict;

import dev.dunlin.protocol.ChannelName;
import java.util.ArrayList;
import java.util.List;

/** Collects violations. Not thread-safe. */
final class Findings {
    private final List<Violation> violations = new ArrayList<>();

    void add(Promise promise, ChannelName channel, String what) {
        add(promise, channel.value(), what);
    }

    void add(Promise promise, String subject, String what) {
        violations.add(new Violation(promise, subject, what));
    }

    List<Violation> all() {
        return List.copyOf(violations);
    }
}
