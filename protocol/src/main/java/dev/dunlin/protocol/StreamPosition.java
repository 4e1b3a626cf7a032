package dev.dunlin.protocol;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place in a channel's log: everything up to and with {@code seq} is known.
 *
 * @param epoch the numbering that {@code seq} belongs to; absent means the current one
 * @param seq 0 is before the first event
 */
public record StreamPosition(@Nullable Epoch epoch, long seq) {
    public StreamPosition {
        Check.atLeast("seq", 0, seq);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StreamPosition that && seq == that.seq && Objects.equals(epoch, that.epoch);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(epoch) + Long.hashCode(seq);
    }
}
