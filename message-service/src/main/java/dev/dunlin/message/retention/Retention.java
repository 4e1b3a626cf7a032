package dev.dunlin.message.retention;

import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.message.namespace.Namespaces;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Removes expired events, a margin later than readers and the writer stop to see them. The writer
 * decides by the times of records, and must decide the same when it sees records again after a
 * crash. Blocks; one thread at a time.
 */
public final class Retention {
    /** The most events of one transaction. */
    private static final int BATCH = 2_000;

    private final Namespaces namespaces;
    private final ExpiredRows rows;
    private final Duration margin;
    private final Duration unwritten;
    private final InstantSource clock;

    /**
     * {@code margin} as in the class comment; {@code unwritten} is how long a channel without any
     * event stays.
     */
    public Retention(
            Namespaces namespaces, ExpiredRows rows, Duration margin, Duration unwritten, InstantSource clock) {
        this.unwritten = unwritten;
        this.namespaces = namespaces;
        this.rows = rows;
        this.margin = margin;
        this.clock = clock;
    }

    /**
     * Goes through all namespaces once; ends early when {@code stopped}. For each batch
     * {@code removed} receives the number of events removed, {@code empty} the number of channels.
     */
    public void carryOut(BooleanSupplier stopped, IntConsumer removed, IntConsumer empty) {
        for (NamespacePolicy policy : namespaces.policies().values()) {
            policy.retainedFor().ifPresent(retention -> carryOut(policy, retention, stopped, removed));
            if (policy.durable() && (policy.open() || policy.namespace().equals("dm"))) {
                removeUnwritten(policy, stopped, empty);
            }
        }
    }

    private void removeUnwritten(NamespacePolicy policy, BooleanSupplier stopped, IntConsumer empty) {
        long beforeMs = clock.instant().minus(unwritten).toEpochMilli();
        int channels = BATCH;
        while (channels == BATCH && !stopped.getAsBoolean()) {
            channels = rows.removeUnwritten(policy.namespace(), beforeMs, BATCH);
            empty.accept(channels);
        }
    }

    private void carryOut(NamespacePolicy policy, Duration retention, BooleanSupplier stopped, IntConsumer removed) {
        long nowMs = clock.instant().minus(margin).toEpochMilli();
        Duration ids =
                retention.compareTo(NamespacePolicy.IDS_REMEMBERED) > 0 ? retention : NamespacePolicy.IDS_REMEMBERED;
        ExpiredRows.Progress progress = new ExpiredRows.Progress(0, true, null);
        while (progress.more() && !stopped.getAsBoolean()) {
            progress = rows.remove(
                    policy.namespace(), progress.after(), nowMs - retention.toMillis(), nowMs - ids.toMillis(), BATCH);
            removed.accept(progress.events());
        }
    }
}
