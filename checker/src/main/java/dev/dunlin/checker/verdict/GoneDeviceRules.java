package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.Disturbance;
import dev.dunlin.checker.history.PushCall;
import dev.dunlin.checker.history.PushDevice;
import dev.dunlin.checker.history.PushHistory;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * A device that its provider called gone is not called again. What push-service had prepared before
 * the answer may still arrive for {@link #SEEN}, or for {@link #SEEN_LATE} where a fault of the
 * suite touched that time. After that, one more call is allowed for each answer that push-service
 * could not record: it, or its store, was hit between that call and {@link #SEEN} after its answer.
 */
final class GoneDeviceRules {
    /** How long push-service may take to record that a device is gone. */
    static final Duration SEEN = Duration.ofSeconds(5);

    /** The same while it waits for other services, each of which may take its time-out. */
    static final Duration SEEN_LATE = Duration.ofSeconds(30);

    private final PushHistory history;
    private final Findings findings;

    GoneDeviceRules(PushHistory history, Findings findings) {
        this.history = history;
        this.findings = findings;
    }

    void check() {
        for (PushDevice device : history.devices()) {
            List<PushCall> calls = history.calls().stream()
                    .filter(call -> call.device().equals(device.name()))
                    .sorted(Comparator.comparingLong(PushCall::at))
                    .toList();
            check(device, calls);
        }
    }

    private void check(PushDevice device, List<PushCall> calls) {
        PushCall gone = null;
        for (PushCall call : calls) {
            if (gone != null && isLate(gone, call) && !isUnrecorded(gone)) {
                findings.add(
                        Promise.GONE_NOTIFIED,
                        device.user().value(),
                        "%s was called at %.1f s for seq %d in %s, and had been called gone at %.1f s"
                                .formatted(
                                        device.name(),
                                        call.at() / 1e9,
                                        call.seq(),
                                        call.channel(),
                                        gone.answeredAt() / 1e9));
            }
            if (call.gone() && (gone == null || isLate(gone, call))) {
                gone = call;
            }
        }
    }

    private boolean isLate(PushCall gone, PushCall call) {
        boolean disturbed = history.isDisturbed(gone.at() - SEEN_LATE.toNanos(), call.at());
        return call.at() - gone.answeredAt() > (disturbed ? SEEN_LATE : SEEN).toNanos();
    }

    private boolean isUnrecorded(PushCall gone) {
        return history.disturbances().stream()
                .anyMatch(one -> one.part() == Disturbance.Part.PUSH
                        && one.touches(gone.at(), gone.answeredAt() + SEEN.toNanos()));
    }
}
