package dev.dunlin.push.decision;

import java.util.Locale;

/** Why somebody is notified of a message, is not, or not yet. */
public enum Reason {
    /** The user is absent and wants to know. */
    NOTIFY,
    /** The user sent it. */
    OWN,
    /** The namespace notifies nobody. */
    NAMESPACE,
    /** The user wants no notifications of the channel. */
    NONE,
    /** The user wants notifications of mentions only, and is not mentioned. */
    NOT_MENTIONED,
    /** The user has muted the channel, or everything, or the channel on this device. */
    MUTED,
    /** The user does not want to be disturbed. */
    DND,
    /** In quiet hours; it is sent when they end, or not at all. */
    QUIET_HOURS,
    /** The user is online and active. */
    ONLINE,
    /** The user is away, and not for long enough. */
    AWAY_RECENTLY,
    /** Whether the user is online is not known. */
    PRESENCE_UNKNOWN,
    /** The user has read it. */
    READ,
    /** It was deleted, or has expired. */
    DELETED,
    /** The user may not read it, or no longer. */
    NO_ACCESS,
    /** The user blocks its sender. */
    BLOCKED,
    /** It is too old to be news. */
    TOO_OLD,
    /** The device was notified too often in this minute. */
    RATE_LIMITED,
    /** The device is disabled. */
    DISABLED,
    /** All attempts to deliver failed. */
    GIVEN_UP,
    /** The provider refused the notification. */
    REJECTED,
    /** The device no longer exists. */
    GONE,
    /** The user has no device. */
    NO_DEVICE,
    /** Too many members of a large group differ: it is not recorded who was not notified why. */
    NOT_RECORDED;

    /** The name in REST, tables and metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
