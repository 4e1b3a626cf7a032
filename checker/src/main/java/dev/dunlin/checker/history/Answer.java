package dev.dunlin.checker.history;

import dev.dunlin.protocol.ErrorCode;

/** The outcome of a publish, as far as its sender knows. */
public sealed interface Answer {
    /** The message is in the log with that seq. */
    record Acked(long seq) implements Answer {}

    /** The message will never be in the log. */
    record Refused(ErrorCode code) implements Answer {}

    /** The outcome is unknown: no answer came in time. */
    record Unknown(String why) implements Answer {}
}
