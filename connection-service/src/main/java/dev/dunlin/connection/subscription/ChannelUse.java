package dev.dunlin.connection.subscription;

/** What a session may do with a channel, as far as its subscriptions know. */
public enum ChannelUse {
    /** It hears the channel and may send ephemeral frames to it. */
    GRANTED,
    /** It had the channel, and message-service has not yet said whether it still may: nothing goes either way. */
    DOUBTFUL,
    /** It has no subscription, or one that is not granted yet: whoever wants to know has to ask. */
    UNKNOWN
}
