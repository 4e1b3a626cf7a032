package dev.dunlin.presence.owner;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PresenceBatch;
import dev.dunlin.protocol.frame.UserPresence;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    private long number;
    /** When the last batch went out; a new owner shows itself at once. */
    private Instant sentAt = Instant.MIN;
    /** When the last batch with changes went out. */
    private Instant changedAt = Instant.MIN;

    Outgoing(long reign) {
        this.reign = reign;
    }

    void add(Collection<UserPresence> changes) {
        for (UserPresence change : changes) {
            waiting.remove(change.user());
            waiting.put(change.user(), change);
        }
    }

    /** When the next batch is to go out. */
    Instant next() {
        return waiting.isEmpty() ? after(sentAt, SIGN_OF_LIFE) : after(changedAt, BETWEEN);
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
        if (!waiting.isEmpty()) {
            changedAt = now;
            number++;
        }
        PresenceBatch batch = new PresenceBatch(reign, number, List.copyOf(waiting.values()));
        waiting.clear();
        return Optional.of(batch);
    }

    /** A batch was perhaps not published: its changes follow in another, with another number. */
    void failed(PresenceBatch batch) {
        batch.changes().forEach(change -> waiting.putIfAbsent(change.user(), change));
    }
}
