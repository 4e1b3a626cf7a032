package dev.dunlin.checker.history;

import dev.dunlin.protocol.Epoch;
import org.jspecify.annotations.Nullable;

/** One step of an observer in a channel. Times are monotonic, in nanoseconds since the begin of the check. */
public sealed interface Step {
    long at();

    /** It begins, or begins again: everything after {@code seq} is to come. */
    record Started(long at, @Nullable Epoch epoch, long seq) implements Step {}

    /** It was shown an event. */
    record Seen(long at, Event event) implements Step {}

    /** It will not be shown these events: a {@code gap} frame, or a position that was not recovered, said so. */
    record Gap(long at, long from, long to) implements Step {}

    /** It came back after a loss of its link. */
    record Resumed(long at, boolean recovered) implements Step {}

    /** It was thrown out of the channel, and asks again. */
    record ThrownOut(long at, String why) implements Step {}

    /** The numbering is said to be another from here on. */
    record OtherEpoch(long at, @Nullable Epoch epoch) implements Step {}
}
