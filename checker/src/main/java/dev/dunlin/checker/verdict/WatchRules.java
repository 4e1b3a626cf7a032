package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.Event;
import dev.dunlin.checker.history.FinalLog;
import dev.dunlin.checker.history.Observer.View;
import dev.dunlin.checker.history.Step;
import dev.dunlin.checker.history.Watch;
import dev.dunlin.protocol.Epoch;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks what one observer saw of one channel. From each of its starts, it must see everything once
 * and in order, except what was announced as missing.
 */
final class WatchRules {
    private final Watch watch;
    private final FinalLog log;
    private final Messages messages;
    private final Findings findings;

    /** The events since the last start. */
    private final BitSet shown = new BitSet();

    private final BitSet gaps = new BitSet();
    private long start = -1;
    private long newest;

    WatchRules(Watch watch, FinalLog log, Messages messages, Findings findings) {
        this.watch = watch;
        this.log = log;
        this.messages = messages;
        this.findings = findings;
    }

    void check() {
        for (Step step : watch.steps()) {
            switch (step) {
                case Step.Started started -> {
                    endStretch(false);
                    sameNumbering(started.epoch());
                    begin(started.seq());
                }
                case Step.Seen seen -> see(seen.event());
                case Step.Gap gap -> {
                    gaps.set(index(gap.from()), index(gap.to()) + 1);
                    newest = Math.max(newest, gap.to());
                }
                case Step.OtherEpoch other -> sameNumbering(other.epoch());
                case Step.Resumed resumed -> {}
                case Step.ThrownOut out -> {}
            }
        }
        endStretch(watch.toTheEnd());
        if (watch.toTheEnd() && start < 0) {
            found(Promise.LOST, "never came to listen");
        }
    }

    private void begin(long seq) {
        shown.clear();
        gaps.clear();
        start = seq;
        newest = seq;
    }

    private void see(Event event) {
        if (start < 0) {
            begin(event.seq() - 1);
        }
        int seq = index(event.seq());
        if (shown.get(seq)) {
            found(Promise.DUPLICATE, "was shown " + event.seq() + " (" + event.id() + ") twice");
        } else if (event.seq() <= start) {
            found(Promise.DUPLICATE, "was shown " + event.seq() + ", which is not after its position " + start);
        } else if (event.seq() < newest) {
            found(Promise.REORDERED, "was shown " + event.seq() + " after " + newest);
        }
        shown.set(seq);
        newest = Math.max(newest, event.seq());
    }

    private void endStretch(boolean toTheEnd) {
        if (start < 0) {
            return;
        }
        List<Event> expected = watch.observer().view() == View.MESSAGES ? log.messages() : log.events();
        long end = toTheEnd ? Long.MAX_VALUE : newest;
        for (Event event : expected) {
            int seq = index(event.seq());
            if (event.seq() <= start || event.seq() > end || shown.get(seq) || gaps.get(seq)) {
                continue;
            }
            boolean skipped = event.seq() <= newest;
            if (skipped) {
                found(Promise.HOLE, "was never shown " + event.seq() + " and was shown " + newest);
            }
            if (messages.isAcked(event)) {
                found(
                        Promise.LOST,
                        "was never shown " + event.seq() + " (" + event.id() + ")"
                                + (skipped ? "" : ": it stands at " + newest + " of " + log.head()));
            } else if (!skipped) {
                found(Promise.HOLE, "stands at " + newest + " of " + log.head());
            }
        }
        if (newest > log.head()) {
            found(Promise.LOST, "was shown " + newest + "; the log ends at " + log.head());
        }
    }

    private void sameNumbering(@Nullable Epoch epoch) {
        if (epoch != null && !epoch.equals(log.epoch())) {
            found(Promise.LOST, "was told of the numbering " + epoch + "; it is " + log.epoch());
        }
    }

    private void found(Promise promise, String what) {
        findings.add(promise, watch.channel(), watch.observer().name() + " " + what);
    }

    private static int index(long seq) {
        return Math.toIntExact(seq);
    }
}
