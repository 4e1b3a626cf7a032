package dev.dunlin.push.schedule;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.delivery.Notification;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pending notifications. They outlive the process. Every method blocks and is called on virtual
 * threads. Safe for many threads and processes at once.
 */
public interface Pending {
    /**
     * In one transaction: removes what is cancelled, then adds what is new, due at {@code due}. A
     * notification for the same device, channel, epoch and seq is added once, as long as the first
     * one is remembered.
     */
    void apply(List<Cancellation> cancelled, List<Addition> added, Instant due);

    /**
     * Claims at most {@code most} that are due. No other caller gets them until {@code lease} ends;
     * then they are due again, so a process that dies loses none. Those that cannot be read are
     * finished.
     */
    Claims claim(Instant now, Duration lease, int most);

    /** When the next one is due, or since when; empty if none is pending. */
    Optional<Instant> nextDue();

    /** Marks it as finished. */
    void finish(Claimed claimed, Instant now);

    /** Makes it due again at {@code due}, for another attempt. */
    void retry(Claimed claimed, Instant due);

    /** Makes them due again; this attempt does not count. */
    void postpone(List<Claimed> claimed, Instant due);

    /** How many are pending. */
    long count();

    /** Deletes those that were finished before that time. */
    void forgetFinished(Instant before);

    /** A notification for a device. */
    record Addition(DeviceId device, Notification notification) {}

    /**
     * The claimed notifications, and why others could not be read, by the id of the notification.
     */
    record Claims(List<Claimed> claimed, Map<Long, String> unreadable) {}

    /**
     * A claimed notification, with the current state of its device. {@code attempt} is 1 the first
     * time.
     */
    record Claimed(long id, Device device, Notification notification, int attempt) {}

    /** Why pending notifications are cancelled. */
    sealed interface Cancellation {
        ChannelName channel();

        Epoch epoch();

        /** The user has read everything up to a seq. */
        record ReadUpTo(ChannelName channel, Epoch epoch, UserId user, long seq) implements Cancellation {}

        /** The message was deleted. */
        record Deleted(ChannelName channel, Epoch epoch, long seq) implements Cancellation {}
    }
}
