package dev.dunlin.connection.session;

import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.kafka.PresenceShard;
import dev.dunlin.protocol.kafka.SessionEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The newest event of each session, until it is stored. A newer one takes the place of an older
 * one, and an event that fails is sent again. Each attempt has a new time, because it says what
 * holds then. Hub loop only.
 */
final class UnsentEvents {
    /**
     * The most sessions whose event waits. Bounds what a long outage of Kafka costs, to some 40 MB.
     * Twice the links of a large node, because sessions that have ended wait, too.
     */
    static final int MOST = 100_000;

    /**
     * After an event, others wait this long for more, so that Kafka gets them in batches. The first
     * after a quiet time goes at once.
     */
    static final Duration LINGER = Duration.ofMillis(25);

    /** When this many wait, they go out at once. */
    private static final int MOST_LINGERING = 500;

    /** Leaves room for the commands, which share the producer. */
    private static final int MOST_IN_FLIGHT = 2_000;

    /** The most in flight while it is not known whether the log answers. */
    private static final int PROBES = 100;

    private final NodeId life;
    private final SessionRecords records;
    private final RecordTimes times;
    private final HubLoop loop;
    private final Retries retries;
    private final Runnable afterEach;
    private final int most;
    private final Map<SessionId, Unsent> events = new HashMap<>();
    private final Set<SessionId> due = new LinkedHashSet<>();
    private final int[] perShard = new int[PresenceShard.COUNT];
    private int inFlight;
    private int failed;
    private boolean lingering;
    /** When an event was sent last, in nanoseconds of the loop. */
    private long sentAt;

    private static final class Unsent {
        private SessionChange change;
        /** The time of the last attempt; 0 if this change was not sent. */
        private long at;
        /** Whether an attempt has failed. */
        private boolean failed;

        Unsent(SessionChange change) {
            this.change = change;
        }
    }

    /**
     * @param afterEach called after each attempt, stored or not
     * @param most how many sessions may wait
     */
    UnsentEvents(
            NodeId life,
            SessionRecords records,
            RecordTimes times,
            HubLoop loop,
            Retries retries,
            Runnable afterEach,
            int most) {
        this.life = life;
        this.records = records;
        this.times = times;
        this.loop = loop;
        this.retries = retries;
        this.afterEach = afterEach;
        this.most = most;
        this.sentAt = loop.nanos() - LINGER.toNanos();
    }

    /** How many sessions wait. */
    int size() {
        return events.size();
    }

    /** Whether an event of the shard is not stored yet. */
    boolean awaits(int shard) {
        return perShard[shard] > 0;
    }

    /** Whether an event that has failed is not stored yet. */
    boolean failing() {
        return failed > 0;
    }

    /** Keeps a change, to be sent soon. Returns false if too many wait: then nothing is kept. */
    boolean add(SessionChange change) {
        Unsent known = events.get(change.session());
        if (known != null) {
            known.change = change;
            known.at = 0;
        } else if (events.size() < most) {
            events.put(change.session(), new Unsent(change));
            perShard[change.shard()]++;
        } else {
            return false;
        }
        due.add(change.session());
        boolean quiet = !lingering && loop.nanos() - sentAt >= LINGER.toNanos();
        if (quiet || due.size() >= MOST_LINGERING) {
            send();
        } else if (!lingering) {
            lingering = true;
            loop.after(LINGER, () -> {
                lingering = false;
                send();
            });
        }
        return true;
    }

    /** Drops the events of a shard. */
    void drop(int shard) {
        Iterator<Map.Entry<SessionId, Unsent>> all = events.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<SessionId, Unsent> next = all.next();
            if (next.getValue().change.shard() == shard) {
                all.remove();
                removed(next.getKey(), next.getValue());
            }
        }
    }

    /** Sends what is due, unless that lingers for others. */
    void proceed() {
        if (!lingering) {
            send();
        }
    }

    /** Sends what is due, within bounds. */
    void send() {
        while (!retries.pausing() && !due.isEmpty() && inFlight < (retries.answered() ? MOST_IN_FLIGHT : PROBES)) {
            SessionId next = due.iterator().next();
            due.remove(next);
            Unsent unsent = events.get(next);
            if (unsent != null) {
                send(unsent);
            }
        }
    }

    private void send(Unsent unsent) {
        SessionChange change = unsent.change;
        long at = times.next();
        unsent.at = at;
        sentAt = loop.nanos();
        inFlight++;
        var unused = records.append(
                        change.shard(),
                        new SessionEvent(change.kind(), change.session(), change.user(), life, at, change.device()))
                .whenComplete((ok, failure) -> loop.execute(() -> attempted(change.session(), at, failure)));
    }

    private void attempted(SessionId session, long at, @Nullable Throwable failure) {
        inFlight--;
        if (failure == null) {
            retries.stored();
        } else {
            retries.failed(failure);
        }
        Unsent unsent = events.get(session);
        if (unsent != null && unsent.at == at) {
            if (failure == null) {
                events.remove(session);
                removed(session, unsent);
            } else {
                failed += unsent.failed ? 0 : 1;
                unsent.failed = true;
                due.add(session);
            }
        }
        afterEach.run();
    }

    private void removed(SessionId session, Unsent unsent) {
        due.remove(session);
        perShard[unsent.change.shard()]--;
        failed -= unsent.failed ? 1 : 0;
    }
}
