package dev.dunlin.push.schedule.micrometer;

import dev.dunlin.edge.trace.TraceLogger;
import dev.dunlin.push.delivery.Notification;
import dev.dunlin.push.schedule.Journal;
import dev.dunlin.push.schedule.Pending.Claimed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Counts the outcomes of notifications, and logs each under the trace id of the message. */
public final class MeteredJournal implements Journal {
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
    public void unreadable(long id, String reason) {
        count("unknown", "unreadable");
        LOG.errorf("notification %d cannot be read and was dropped: %s", id, reason);
    }

    @Override
    public void happened(Claimed claimed, Fate fate, String reason) {
        String kind = claimed.device().target().kind();
        String outcome = fate.name().toLowerCase(Locale.ROOT);
        count(kind, outcome);
        Notification notification = claimed.notification();
        TraceLogger.log(
                notification.trace(),
                () -> "%s: %s of %s %d by %s, attempt %d %s"
                        .formatted(
                                fate == Fate.DELIVERED ? "notified" : "not notified, " + outcome,
                                notification.user(),
                                notification.channel(),
                                notification.seq(),
                                kind,
                                claimed.attempt(),
                                reason));
        MDC.put(TRACE_ID, notification.trace());
        try {
            switch (fate) {
                case REJECTED, GIVEN_UP ->
                    LOG.warnf(
                            "a notification of device %s: %s: %s",
                            claimed.device().id(), outcome, reason);
                case GONE ->
                    LOG.infof(
                            "device %s is gone and was removed",
                            claimed.device().id());
                case DELIVERED, ONLINE, SILENT, WITHDRAWN, EXPIRED, RETRIED -> {}
            }
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
