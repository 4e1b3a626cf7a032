package dev.dunlin.checker.history;

import dev.dunlin.protocol.ErrorCode;

/** What became of a publish, as its sender knows. */
public sealed interface Answer {
    /** It is in the log under that number. */
    record Acked(long seq) implements Answer {}

    /** It will never be in the log. */
    record Refused(ErrorCode code) implements Answer {}

    /** Nobody knows: there was no answer in time. */
    record Unknown(String why) implements Answer {}
}
