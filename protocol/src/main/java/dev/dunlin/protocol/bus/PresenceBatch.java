package dev.dunlin.protocol.bus;

import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.List;

/**
 * Changes of presence in one shard, on {@link BusChannel#ofPresence}. Whoever misses one, or hears
 * of a new owner, fetches the presence of the users that it follows.
 *
 * @param owner the reign of the shard's owner; a batch of a smaller one is out of date
 * @param n the number of the batch in that reign, from 1. A batch without changes repeats the last
 *     number: it shows a receiver what it may have missed
 * @param changes the newest presence of each changed user, each once
 */
public record PresenceBatch(long owner, long n, List<UserPresence> changes) {
    public PresenceBatch {
        Check.required("changes", changes);
        changes = List.copyOf(changes);
    }
}
