package dev.dunlin.protocol.bus;

import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes of presence in one shard, on {@link BusChannel#ofPresence}. Whoever misses one, or hears
 * of a new owner, fetches the presence of the users that it follows.
 *
 * @param owner the reign of the shard's owner; a batch of a smaller one is out of date
 * @param n the number of the batch in that reign, from 1. A batch without changes repeats the last
 *     number: it shows a receiver what it may have missed
 * @param changes the newest presence of each changed user as others see it, each once
 * @param rechecks users who changed who may see their presence; absent if none did
 */
public record PresenceBatch(
        long owner,
        long n,
        List<UserPresence> changes,
        @Nullable List<UserId> rechecks) {
    public PresenceBatch(long owner, long n, List<UserPresence> changes) {
        this(owner, n, changes, null);
    }

    public PresenceBatch {
        Check.required("changes", changes);
        changes = List.copyOf(changes);
        rechecks = rechecks == null || rechecks.isEmpty() ? null : List.copyOf(rechecks);
    }
}
