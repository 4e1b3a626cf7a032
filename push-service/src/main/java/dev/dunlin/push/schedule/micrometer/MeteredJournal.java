package dev.dunlin.push.schedule.micrometer;

import dev.dunlin.edge.trace.TraceLogger;
import dev.dunlin.push.decision.Reason;
import dev.dunlin.push.delivery.Push;
import dev.dunlin.push.event.Decider;
import dev.dunlin.push.schedule.Journal;
import dev.dunlin.push.schedule.Pending.Claimed;
import dev.dunlin.push.schedule.Pending.Settled;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Counts what becomes of notifications, and logs each under the trace id of the message. */
public final class MeteredJournal implements Journal, Decider.Tally {
    private static final Logger LOG = Logger.getLogger(MeteredJournal.class);
    private static final String TRACE_ID = "traceId";

    private final MeterRegistry metrics;
    private final AtomicLong waiting = new AtomicLong();

    public MeteredJournal(MeterRegistry metrics) {
        this.metrics = metrics;
        Gauge.builder("dunlin.push.pending", waiting, AtomicLong::get)
                .description("Notifications that are pending")
                .register(metrics);
    }

    /** Records how many notifications are pending. */
    public void waiting(long count) {
        waiting.set(count);
    }

    @Override
    public void accept(Reason reason, long users) {
        Counter.builder("dunlin.push.decisions")
                .description("Messages and users with devices, by what was decided when the message came")
                .tag("reason", reason.word())
                .register(metrics)
                .increment((double) users);
    }

    @Override
    public void unreadable(String row, String reason) {
        count("unknown", "unreadable");
        LOG.errorf("a notification cannot be read and was dropped: device and channel %s: %s", row, reason);
    }

    @Override
    public void gone(Claimed row, Push sent, String reason) {
        happened(row, "gone", reason, Optional.of(sent));
        LOG.infof("device %s is gone and was removed: %s", row.device().id(), reason);
    }

    @Override
    public void happened(Settled settled, Optional<Push> sent) {
        Claimed row = settled.row();
        switch (settled) {
            case Settled.Shown _ -> happened(row, "delivered", "", sent);
            case Settled.Cleared _ -> happened(row, "cleared", "", sent);
            case Settled.Ended ended -> happened(row, ended.reason().word(), "", sent);
            case Settled.Retried retried -> happened(row, "retried", retried.error(), sent);
            case Settled.Postponed _ -> {}
            case Settled.GivenUp given -> {
                happened(row, given.reason().word(), given.error(), sent);
                LOG.warnf(
                        "a notification of device %s: %s: %s",
                        row.device().id(), given.reason().word(), given.error());
            }
        }
    }

    private void happened(Claimed row, String outcome, String reason, Optional<Push> sent) {
        String kind = row.device().target().kind();
        count(kind, outcome);
        sent.ifPresent(push -> log(row, kind, outcome, reason, push));
    }

    private static void log(Claimed row, String kind, String outcome, String reason, Push push) {
        MDC.put(TRACE_ID, push.trace());
        try {
            TraceLogger.log(
                    push.trace(),
                    () -> "%s: %s of %s %d by %s, attempt %d %s"
                            .formatted(
                                    outcome.equals("delivered") ? "notified" : "not notified, " + outcome,
                                    push.user(),
                                    push.channel(),
                                    row.newest(),
                                    kind,
                                    row.attempt(),
                                    reason));
        } finally {
            MDC.remove(TRACE_ID);
        }
    }

    private void count(String kind, String outcome) {
        Counter.builder("dunlin.push.notifications")
                .description("Notifications, by outcome")
                .tag("kind", kind)
                .tag("outcome", outcome)
                .register(metrics)
                .increment();
    }
}
