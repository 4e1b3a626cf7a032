package dev.dunlin.push.presence;

import dev.dunlin.protocol.frame.Status;
import java.time.Instant;

/**
 * Where a user is.
 *
 * @param awaySince since when it is away on all of its devices, if its status is away;
 *     {@link Instant#EPOCH} if that is long ago, or the user says so itself
 * @param dnd whether it does not want to be disturbed
 */
public record Standing(Status status, Instant awaySince, boolean dnd) {
    /** Of a user of whom nothing is known. */
    public static final Standing UNKNOWN = new Standing(Status.UNKNOWN, Instant.EPOCH, false);
}
