package dev.dunlin.presence.owner;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PresenceBatch;
import dev.dunlin.protocol.frame.UserPresence;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The changes of one shard on their way out: the first goes at once, then a batch at most every
 * {@link #BETWEEN}, of each user the newest. At quiet times it repeats its last number, so that a
 * receiver sees what it missed. For one thread.
 */
final class Outgoing {
    static final Duration BETWEEN = Duration.ofMillis(250);
    /** Receivers begin to doubt after three of them. */
    static final Duration SIGN_OF_LIFE = Duration.ofSeconds(30);

    private final long reign;
    private final Map<UserId, UserPresence> waiting = new LinkedHashMap<>();
    private final Set<UserId> rechecks = new LinkedHashSet<>();
    private long number;
    /** When the last batch went out; a new owner shows itself at once. */
    private Instant sentAt = Instant.MIN;
    /** When the last batch with changes went out. */
    private Instant changedAt = Instant.MIN;

    Outgoing(long reign) {
        this.reign = reign;
    }

    /** @param others who changed who may see them */
    void add(Collection<UserPresence> changes, Collection<UserId> others) {
        rechecks.addAll(others);
        for (UserPresence change : changes) {
            waiting.remove(change.user());
            waiting.put(change.user(), change);
        }
    }

    /** When the next batch is to go out. */
    Instant next() {
        return isEmpty() ? after(sentAt, SIGN_OF_LIFE) : after(changedAt, BETWEEN);
    }

    private boolean isEmpty() {
        return waiting.isEmpty() && rechecks.isEmpty();
    }

    private static Instant after(Instant last, Duration pause) {
        return last.equals(Instant.MIN) ? last : last.plus(pause);
    }

    /** The batch that is to go out now, if any. */
    Optional<PresenceBatch> take(Instant now) {
        if (next().isAfter(now)) {
            return Optional.empty();
        }
        sentAt = now;
        if (!isEmpty()) {
            changedAt = now;
            number++;
        }
        PresenceBatch batch = new PresenceBatch(reign, number, List.copyOf(waiting.values()), List.copyOf(rechecks));
        waiting.clear();
        rechecks.clear();
        return Optional.of(batch);
    }

    /** A batch was perhaps not published: its changes follow in another, with another number. */
    void failed(PresenceBatch batch) {
        batch.changes().forEach(change -> waiting.putIfAbsent(change.user(), change));
        List<UserId> others = batch.rechecks();
        rechecks.addAll(others == null ? List.of() : others);
    }
}
