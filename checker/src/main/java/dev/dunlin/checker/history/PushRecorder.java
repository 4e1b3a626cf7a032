package dev.dunlin.checker.history;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the history of notifications in memory and passes it on as lines. It is bounded:
 * {@link #isFull()} ends the workload. Thread-safe.
 */
public final class PushRecorder {
    private static final int MOST_MESSAGES = 100_000;
    private static final int MOST_CALLS = 1_000_000;

    private final LongSupplier nanos;
    private final PushLines lines;
    private final PresenceRecorder links;
    private final Map<ChannelName, List<UserId>> members = new HashMap<>();
    private final List<PushDevice> devices = new ArrayList<>();
    private final List<PushMessage> messages = new ArrayList<>();
    private final List<Revision> revisions = new ArrayList<>();
    private final List<Reading> readings = new ArrayList<>();
    private final List<PushCall> calls = new ArrayList<>();
    private final List<Disturbance> disturbances = new ArrayList<>();
    private long startedAt;
    private long healedAt;

    /** {@code nanos}: a monotonic clock, in nanoseconds since the start of the check. */
    public PushRecorder(LongSupplier nanos, PushLines lines, PresenceLines links) {
        this.nanos = nanos;
        this.lines = lines;
        this.links = new PresenceRecorder(nanos, links);
    }

    /** The current time, in nanoseconds since the start of the check. */
    public long now() {
        return nanos.getAsLong();
    }

    /** Records the links of the users. */
    public PresenceRecorder links() {
        return links;
    }

    /** A channel exists with these members, who stay. */
    public synchronized void channel(ChannelName channel, List<UserId> all) {
        members.put(channel, List.copyOf(all));
    }

    /** A device is registered. */
    public synchronized void device(PushDevice device) {
        devices.add(device);
    }

    /** Everybody is where it should be, and knows it. */
    public synchronized void started() {
        startedAt = now();
    }

    /** A fault that may have an effect in that time. */
    public synchronized void disturbed(Disturbance disturbance) {
        disturbances.add(disturbance);
    }

    /** The last fault is over. */
    public synchronized void healed() {
        healedAt = now();
    }

    /** A message was acknowledged; returns its record. */
    public PushMessage acked(ChannelName channel, long seq, UserId from, String content, long invokedAt) {
        PushMessage message = new PushMessage(channel, seq, from, content, invokedAt, now());
        synchronized (this) {
            messages.add(message);
        }
        lines.message(message);
        return message;
    }

    /**
     * An edit or, with {@code content} null, a deletion ended; {@code acked} says whether with an
     * acknowledgement.
     */
    public void revised(PushMessage message, @Nullable String content, long invokedAt, boolean acked) {
        Revision revision =
                new Revision(message.channel(), message.seq(), content, invokedAt, acked ? now() : Revision.NEVER);
        synchronized (this) {
            revisions.add(revision);
        }
        lines.revision(revision);
    }

    /** A user is about to move its read mark. */
    public void reads(UserId user, ChannelName channel, long seq) {
        Reading reading = new Reading(user, channel, seq, now());
        synchronized (this) {
            readings.add(reading);
        }
        lines.reading(reading);
    }

    /** A call of the provider ended. */
    public void called(PushCall call) {
        synchronized (this) {
            calls.add(call);
        }
        lines.call(call);
    }

    /** The messages so far, in the order of their acknowledgements. */
    public synchronized List<PushMessage> messages() {
        return List.copyOf(messages);
    }

    /** Whether the workload must stop. */
    public synchronized boolean isFull() {
        return messages.size() >= MOST_MESSAGES || calls.size() >= MOST_CALLS || links.isFull();
    }

    /** The history until now. */
    public synchronized PushHistory history() {
        return new PushHistory(
                members,
                devices,
                messages,
                revisions,
                readings,
                calls,
                links.history().links(),
                disturbances,
                startedAt,
                healedAt,
                now());
    }
}
