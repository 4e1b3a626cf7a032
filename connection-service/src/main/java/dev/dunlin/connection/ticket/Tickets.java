package dev.dunlin.connection.ticket;

import dev.dunlin.connection.auth.Identity;
import java.time.Duration;
import java.util.Optional;

/** One-use tickets that stand for a token. Blocks: call it on a virtual thread. */
public interface Tickets {
    /** How long a ticket is valid. */
    Duration LIFETIME = Duration.ofSeconds(30);

    /**
     * Stores an identity under a new ticket. Throws {@link dev.dunlin.edge.RefusedException}
     * {@code rate_limited} if the user has too many unused tickets, and {@code unavailable} if the
     * store does not answer.
     */
    String issue(Identity identity);

    /**
     * Returns the identity of a ticket, once, to whichever node asks first; empty if the ticket is
     * unknown, used or too old. The identity may have expired meanwhile.
     */
    Optional<Identity> redeem(String ticket);
}
