package dev.dunlin.push.schedule;

import dev.dunlin.push.schedule.Pending.Claimed;

/** Records the outcome of notifications. Called by many virtual threads at once. */
public interface Journal {
    /** {@code reason}: an explanation for people; it may be empty. */
    void happened(Claimed claimed, Fate fate, String reason);

    /** A stored notification could not be read and was dropped. */
    void unreadable(long id, String reason);

    /** The outcome of one notification. */
    enum Fate {
        DELIVERED,
        /** The user is online again. */
        ONLINE,
        /** The channel is muted by now, or quiet hours have begun. */
        SILENT,
        /** The message is gone, or the user may not read it any more. */
        WITHDRAWN,
        /** It waited for message-service until the message was too old. */
        EXPIRED,
        /** The device no longer exists and was removed. */
        GONE,
        /** The delivery failed and will be retried. */
        RETRIED,
        /** The last attempt failed. */
        GIVEN_UP,
        /** The delivery can never succeed. */
        REJECTED
    }
}
