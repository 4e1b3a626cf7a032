package dev.dunlin.checker.history;

import dev.dunlin.protocol.ChannelName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps the history in memory and passes it on as lines. It is bounded: {@link #isFull()} ends the
 * workload. What still arrives is kept, because a history with a hole of its own would prove
 * nothing. Thread-safe.
 */
public final class Recorder {
    private static final int MOST_PUBLISHES = 500_000;
    private static final long MOST_STEPS = 10_000_000;

    private final LongSupplier nanos;
    private final HistoryLines lines;
    private final List<Publish> publishes = new ArrayList<>();
    private final List<Watching> watches = new ArrayList<>();
    private final List<Removal> removals = new ArrayList<>();
    private final List<Overheard> overheard = new ArrayList<>();
    private final Map<Event, Event> known = new ConcurrentHashMap<>();
    private final AtomicLong steps = new AtomicLong();
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong acked = new AtomicLong();
    private final AtomicLong lastAck = new AtomicLong();

    /** {@code nanos}: a monotonic clock, in nanoseconds since the start of the check. */
    public Recorder(LongSupplier nanos, HistoryLines lines) {
        this.nanos = nanos;
        this.lines = lines;
    }

    /** The current time, in nanoseconds since the start of the check. */
    public long now() {
        return nanos.getAsLong();
    }

    /** Records the end of a publish. */
    public void publish(Publish publish) {
        synchronized (publishes) {
            publishes.add(publish);
        }
        if (publish.answer() instanceof Answer.Acked) {
            acked.incrementAndGet();
            lastAck.set(publish.answeredAt());
        }
        lines.publish(publish);
    }

    /** Records a removal, once the user is about to be added again. */
    public void removal(Removal removal) {
        synchronized (removals) {
            removals.add(removal);
        }
        lines.removal(removal);
    }

    /** Records what a guest received. */
    public void overheard(Overheard one) {
        synchronized (overheard) {
            overheard.add(one);
        }
        steps.incrementAndGet();
        lines.overheard(one);
    }

    /** Starts to record what an observer sees of a channel. */
    public Watching watch(Observer observer, ChannelName channel) {
        Watching watching = new Watching(this, observer, channel);
        synchronized (watches) {
            watches.add(watching);
        }
        return watching;
    }

    /** Whether the workload must stop. */
    public boolean isFull() {
        synchronized (publishes) {
            return publishes.size() >= MOST_PUBLISHES || steps.get() >= MOST_STEPS;
        }
    }

    /** All watches so far. */
    public List<Watching> watching() {
        synchronized (watches) {
            return List.copyOf(watches);
        }
    }

    /**
     * The history so far, with the logs that were read at the end, without presence and
     * notifications.
     */
    public History history(List<FinalLog> logs) {
        return new History(
                copy(publishes),
                watching().stream().map(Watching::watch).toList(),
                logs,
                copy(removals),
                copy(overheard),
                PresenceHistory.NONE,
                PushHistory.NONE);
    }

    /** How many publishes have ended. */
    public long published() {
        synchronized (publishes) {
            return publishes.size();
        }
    }

    /** How many of them were acknowledged. */
    public long acked() {
        return acked.get();
    }

    /** When the newest of them was acknowledged. */
    public long lastAck() {
        return lastAck.get();
    }

    /** How many events were shown to observers. */
    public long seen() {
        return seen.get();
    }

    private static <T> List<T> copy(List<T> list) {
        synchronized (list) {
            return List.copyOf(list);
        }
    }

    Event intern(Event event) {
        return known.computeIfAbsent(event, same -> same);
    }

    void stepped(Watching watching, Step step) {
        steps.incrementAndGet();
        if (step instanceof Step.Seen) {
            seen.incrementAndGet();
        }
        lines.step(watching.observer(), watching.channel(), step);
    }
}
