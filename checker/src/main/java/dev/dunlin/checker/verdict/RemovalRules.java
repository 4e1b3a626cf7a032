package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.History;
import dev.dunlin.checker.history.Overheard;
import dev.dunlin.checker.history.Removal;
import java.time.Duration;

/**
 * A removed member must receive nothing that is sent more than {@link #WITHIN} after the
 * acknowledgement of its removal. The time of sending counts, not that of receipt: what was in
 * flight at the removal may wait in a stopped process.
 */
final class RemovalRules {
    /** How long a removal may take to reach every link of the user. */
    static final Duration WITHIN = Duration.ofSeconds(5);

    private final Findings findings;

    RemovalRules(Findings findings) {
        this.findings = findings;
    }

    void check(History history) {
        for (Removal removal : history.removals()) {
            history.overheard().stream()
                    .filter(one -> isAfter(removal, one))
                    .forEach(one -> findings.add(
                            Promise.HEARD_AFTER_REMOVAL,
                            removal.channel(),
                            "%s of %s received a %s that was sent %.1f s after the removal"
                                    .formatted(
                                            one.observer(),
                                            one.user(),
                                            one.kind(),
                                            (one.sentAt() - removal.ackedAt()) / 1e9)));
        }
    }

    private static boolean isAfter(Removal removal, Overheard one) {
        return one.user().equals(removal.user())
                && one.channel().equals(removal.channel())
                && one.sentAt() > removal.ackedAt() + WITHIN.toNanos()
                && one.at() < removal.until();
    }
}
