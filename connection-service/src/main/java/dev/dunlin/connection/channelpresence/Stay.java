package dev.dunlin.connection.channelpresence;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** One session that is in a channel, and what it said there. Hub loop only. */
final class Stay {
    final LocalUser user;
    /** When {@link #data} was set (ms since 1970); 0 if never. */
    long at;

    @Nullable
    JsonNode data;
    /** When the last signal was sent (ms since 1970); 0 if none is kept. */
    long lastAt;

    @Nullable
    JsonNode last;
    /** When the grace ends, by the clock of the loop (ns); only after the link was closed. */
    long until;

    Stay(LocalUser user) {
        this.user = user;
    }
}
