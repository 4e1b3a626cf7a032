package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.LogPosition;

/** Takes the records of one poll that cannot be carried out, for operators. */
public interface DeadLetters {
    /**
     * Copies the record at that position, with the reason, and waits until the copy is on disk.
     * Blocks. Throws a {@link RuntimeException} if it failed; then try again.
     */
    void keep(LogPosition position, Reason reason, String explanation);

    /** Why a record could not be carried out. */
    enum Reason {
        /** It is not a command. */
        UNREADABLE,
        /** The store refuses what it leads to. */
        REFUSED,
        /** It made this service fail: a bug. */
        FAILED;

        /** As the header and the metric spell it. */
        public String wire() {
            return switch (this) {
                case UNREADABLE -> "unreadable";
                case REFUSED -> "refused";
                case FAILED -> "failed";
            };
        }
    }
}
