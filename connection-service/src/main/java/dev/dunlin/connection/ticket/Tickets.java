package dev.dunlin.connection.ticket;

import java.time.Duration;
import java.util.Optional;

/** One-use stand-ins for tokens. Blocks: call it on a virtual thread. */
public interface Tickets {
    /** How long a ticket is good. */
    Duration LIFETIME = Duration.ofSeconds(30);

    /** Keeps a token under a new ticket; throws {@link dev.dunlin.edge.Refusal} {@code unavailable} if it cannot. */
    String issue(String token);

    /** Gives the token, once, on whichever node comes first; empty if the ticket is unknown, used or too old. */
    Optional<String> redeem(String ticket);
}
