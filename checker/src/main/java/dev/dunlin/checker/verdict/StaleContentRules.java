package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.PushCall;
import dev.dunlin.checker.history.PushHistory;
import dev.dunlin.checker.history.PushMessage;
import dev.dunlin.checker.history.Revision;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A notification says what its message says when it leaves: not what an edit replaced or a deletion
 * removed longer than {@link #WITHIN} before, or {@link #WITHIN_LATE} where a fault of the suite
 * touched that time. Faults of the provider are no excuse: each attempt reads the message again.
 */
final class StaleContentRules {
    /** The time from reading the content until the call arrives. */
    static final Duration WITHIN = Duration.ofSeconds(5);

    /**
     * The same while push-service is stopped, or waits for presence and for the badge, each of
     * which may take its time-out.
     */
    static final Duration WITHIN_LATE = Duration.ofSeconds(30);

    private final PushHistory history;
    private final Findings findings;

    StaleContentRules(PushHistory history, Findings findings) {
        this.history = history;
        this.findings = findings;
    }

    void check() {
        history.calls().stream()
                .filter(call -> call.alert() && call.content() != null)
                .forEach(call -> messageOf(call).ifPresent(message -> check(call, message)));
    }

    private Optional<PushMessage> messageOf(PushCall call) {
        return history.messages().stream()
                .filter(message ->
                        message.seq() == call.seq() && message.channel().equals(call.channel()))
                .findFirst();
    }

    private void check(PushCall call, PushMessage message) {
        List<Revision> revisions = history.revisions().stream()
                .filter(one -> one.seq() == message.seq() && one.channel().equals(message.channel()))
                .sorted(Comparator.comparingLong(Revision::invokedAt))
                .toList();
        Optional<Revision> newest =
                revisions.stream().filter(one -> isDue(one, call)).reduce((first, second) -> second);
        long since = newest.map(Revision::invokedAt).orElse(Long.MIN_VALUE);
        @Nullable String said = newest.isPresent() ? newest.get().content() : message.content();
        boolean isCurrent = Objects.equals(call.content(), said)
                || revisions.stream()
                        .anyMatch(one -> one.invokedAt() > since
                                && one.invokedAt() <= call.at()
                                && Objects.equals(call.content(), one.content()));
        if (!isCurrent) {
            findings.add(Promise.STALE_NOTIFIED, message.channel(), text(call, newest));
        }
    }

    /** Whether a notification may no longer say what the message said before this revision. */
    private boolean isDue(Revision revision, PushCall call) {
        if (revision.ackedAt() > call.at()) {
            return false;
        }
        boolean disturbed = history.isDisturbed(revision.invokedAt(), call.at());
        return call.at() - revision.ackedAt() > (disturbed ? WITHIN_LATE : WITHIN).toNanos();
    }

    private static String text(PushCall call, Optional<Revision> newest) {
        String what = newest.map(one ->
                        "which was %s at %.1f s".formatted(one.deletes() ? "deleted" : "edited", one.ackedAt() / 1e9))
                .orElse("which never said that");
        return "%s was notified at %.1f s of seq %d, %s: %s"
                .formatted(call.device(), call.at() / 1e9, call.seq(), what, call.content());
    }
}
