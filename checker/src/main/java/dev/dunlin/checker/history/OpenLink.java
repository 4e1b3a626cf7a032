package dev.dunlin.checker.history;

import dev.dunlin.protocol.UserId;

/**
 * A time in which a link was open and its session did not change between active and away. A link
 * whose session changes is several of these, one directly after the other. Times are monotonic, in
 * nanoseconds since the start of the check, as the client sees them.
 *
 * @param client the client of the user; it has one link at a time
 * @param node the connection node, as the {@code welcome} names it
 * @param away whether the session is away
 * @param until the end; {@link #STILL_OPEN} if it was open when the history was taken
 */
public record OpenLink(UserId user, String client, String node, boolean away, long from, long until) {
    /** The end of a link that was open at the end. */
    public static final long STILL_OPEN = Long.MAX_VALUE;

    /** Whether it was open during all of that time. */
    public boolean covers(long begin, long end) {
        return from <= begin && until >= end;
    }

    /** Whether it was open at some moment of that time. */
    public boolean touches(long begin, long end) {
        return from <= end && until >= begin;
    }
}
