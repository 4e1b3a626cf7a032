package dev.dunlin.connection.ticket;

import dev.dunlin.connection.auth.Identity;
import java.time.Duration;
import java.util.Optional;

/** One-use stand-ins for tokens. Blocks: call it on a virtual thread. */
public interface Tickets {
    /** How long a ticket is good. */
    Duration LIFETIME = Duration.ofSeconds(30);

    /**
     * Keeps who somebody is under a new ticket. Throws {@link dev.dunlin.edge.Refusal} {@code rate_limited} if the user has too many that are not used yet, {@code unavailable}
     * if it cannot be kept.
     */
    String issue(Identity identity);

    /** Gives it back, once, on whichever node comes first; empty if the ticket is unknown, used or too old. The identity may have expired since. */
    Optional<Identity> redeem(String ticket);
}
