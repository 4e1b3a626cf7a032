package dev.dunlin.message.sequencer;

/** Where a channel is between its creation and its deletion for good. */
public enum Life {
    /** It is there, archived or not. */
    LIVE,
    /**
     * It was deleted; its rows go in the background. Nobody finds it, and its name is not free yet.
     */
    PURGING,
    /**
     * Its rows are gone but for the channel's own, by which replays are recognised. Whoever creates
     * it again gets a new one.
     */
    PURGED
}
