package dev.dunlin.push.schedule;

import dev.dunlin.push.schedule.Pending.Claimed;

/** Records the outcome of notifications. Many virtual threads call it at once. */
public interface Journal {
    /** {@code reason} says why for a person; it may be empty. */
    void happened(Claimed claimed, Fate fate, String reason);

    /** A stored notification could not be read and was dropped. */
    void unreadable(long id, String reason);

    /** What became of one. */
    enum Fate {
        DELIVERED,
        /** The user is there again. */
        ONLINE,
        /** Muted or quiet hours, by now. */
        SILENT,
        /** The message is gone, or the user may not read it any more. */
        WITHDRAWN,
        /** It waited for message-service until the message was too old. */
        EXPIRED,
        /** The device is no more and was removed. */
        GONE,
        /** It failed and will be tried again. */
        RETRIED,
        /** It failed for the last time. */
        GIVEN_UP,
        /** It can never work. */
        REJECTED
    }
}
