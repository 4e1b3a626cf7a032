package dev.dunlin.message.sequencer;

/** Where a channel is between its creation and its deletion for good. */
public enum Life {
    /** It exists, archived or not. */
    LIVE,
    /**
     * It is deleted; the background removes its rows. Nobody finds it, and its name is not free
     * yet.
     */
    PURGING,
    /**
     * Its rows are removed except the row of the channel itself, by which replays are recognised.
     * Creating it again gives a new channel.
     */
    PURGED
}
