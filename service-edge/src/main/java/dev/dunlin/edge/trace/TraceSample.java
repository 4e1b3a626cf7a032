package dev.dunlin.edge.trace;

import dev.dunlin.protocol.TraceId;

/**
 * A share of all trace ids. A smaller share is part of each larger one.
 *
 * @param share from 0, none, to 1, all
 */
public record TraceSample(double share) {
    private static final double ULP = 0x1.0p-53;

    public TraceSample {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("dunlin.trace.sample: " + share + " is not in 0 to 1");
        }
    }

    public boolean isEmpty() {
        return share == 0;
    }

    /** Whether the id is in the sample; every process decides the same. */
    public boolean contains(TraceId trace) {
        return (mixed(trace.high() ^ trace.low()) >>> 11) * ULP < share;
    }

    /**
     * Clients choose ids that are not always random, so all bits are mixed: the finalizer of
     * MurmurHash3, as in {@link java.util.SplittableRandom}.
     */
    private static long mixed(long bits) {
        long z = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }
}
