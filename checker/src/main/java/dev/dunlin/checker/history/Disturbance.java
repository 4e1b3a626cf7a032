package dev.dunlin.checker.history;

/**
 * A time in which a fault may have had an effect, from its beginning until its victim has
 * recovered. Times are monotonic, in nanoseconds since the start of the check.
 */
public record Disturbance(Part part, long from, long until) {
    /** What was hit, as far as notifications depend on it. */
    public enum Part {
        /** The provider of devices. */
        PROVIDER,
        /** push-service, or the store in which it records what it did. */
        PUSH,
        /** Anything else. */
        OTHER
    }

    /** Whether it had an effect at some moment of that time. */
    public boolean touches(long begin, long end) {
        return from <= end && until >= begin;
    }
}
