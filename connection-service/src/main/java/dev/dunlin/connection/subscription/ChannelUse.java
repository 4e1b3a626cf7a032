package dev.dunlin.connection.subscription;

/** What a session may do with a channel, as far as this node knows. */
public enum ChannelUse {
    /** It receives the channel and may send ephemeral frames to it. */
    GRANTED,
    /** Access was granted and is being checked again: nothing is sent or received meanwhile. */
    DOUBTFUL,
    /** It has no subscription, or one that is not granted yet: ask message-service. */
    UNKNOWN
}
