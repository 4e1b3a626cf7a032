package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.LogPosition;

/** Where the records of one poll go that cannot be carried out, for operators to look at. */
public interface DeadLetters {
    /**
     * Keeps the record at that place as it came, with why, and waits until it is on disk. Blocks;
     * throws a {@link RuntimeException} if it is not, then try again.
     */
    void keep(LogPosition position, Reason reason, String explanation);

    /** Why a record could not be carried out. */
    enum Reason {
        /** It is no command. */
        UNREADABLE,
        /** The store refuses what it leads to. */
        REFUSED,
        /** It made this service fail: a bug. */
        FAILED;

        /** As it stands in the header and in the metric. */
        public String wire() {
            return switch (this) {
                case UNREADABLE -> "unreadable";
                case REFUSED -> "refused";
                case FAILED -> "failed";
            };
        }
    }
}
