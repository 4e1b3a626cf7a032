package dev.dunlin.checker.history;

import dev.dunlin.protocol.Epoch;
import org.jspecify.annotations.Nullable;

/**
 * One step of an observer in a channel. Times are monotonic, in nanoseconds since the start of the
 * check.
 */
public sealed interface Step {
    long at();

    /** It starts, or starts again: everything after {@code seq} must follow. */
    record Started(long at, @Nullable Epoch epoch, long seq) implements Step {}

    /** It received an event. */
    record Seen(long at, Event event) implements Step {}

    /**
     * The suite announced that these will not be delivered: by a {@code gap}, or by a position that
     * was not recovered.
     */
    record Gap(long at, long from, long to) implements Step {}

    /** It resumed after its link was lost. */
    record Resumed(long at, boolean recovered) implements Step {}

    /** The suite ended its subscription, and it subscribes again. */
    record ThrownOut(long at, String why) implements Step {}

    /** From here on the suite reports another epoch. */
    record OtherEpoch(long at, @Nullable Epoch epoch) implements Step {}
}
