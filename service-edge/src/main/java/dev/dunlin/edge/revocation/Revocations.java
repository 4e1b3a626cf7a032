package dev.dunlin.edge.revocation;

import dev.dunlin.protocol.kafka.UserEvent.SessionsEnded;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Revoked tokens: for each user whose sessions were ended, the second before which tokens are
 * refused. {@code iat} has whole seconds, so a token that was issued in that second is accepted.
 *
 * <p>An entry lasts as long as the longest token. At most {@code most} are kept. When there are
 * more, the oldest tenth is replaced by one rule for everybody: tokens that are older than those
 * entries are refused. So a revoked token is never accepted again; other holders of such old tokens
 * must renew them. Thread-safe; never blocks.
 */
public final class Revocations {
    private static final int SHARE_TO_DROP = 10;

    private final Map<String, Long> notBefore = new ConcurrentHashMap<>();
    private final List<Consumer<SessionsEnded>> listeners = new CopyOnWriteArrayList<>();
    private final long keepSeconds;
    private final int most;
    private final InstantSource clock;
    private volatile long notBeforeOfAll = Long.MIN_VALUE;
    private volatile boolean complete;

    /** {@code keep}: the longest life of a token, plus the largest difference between clocks. */
    public Revocations(Duration keep, int most, InstantSource clock) {
        this.keepSeconds = keep.toSeconds();
        this.most = most;
        this.clock = clock;
    }

    /** Adds an event; a repeated one changes nothing. Then calls the listeners, on this thread. */
    public void add(SessionsEnded event) {
        long from = Math.floorDiv(event.at(), 1000L);
        if (from + keepSeconds < clock.instant().getEpochSecond()) {
            return;
        }
        notBefore.merge(event.user().value(), from, Math::max);
        if (notBefore.size() > most) {
            makeRoom();
        }
        listeners.forEach(listener -> listener.accept(event));
    }

    /** Whether a token is revoked. {@code issuedAt} is its {@code iat}, in seconds since 1970. */
    public boolean revoked(@Nullable String user, long issuedAt) {
        Long from = user == null ? null : notBefore.get(user);
        return issuedAt < notBeforeOfAll || (from != null && issuedAt < from);
    }

    /**
     * Calls {@code listener} for each event from now on, on the thread that reads them. It must not
     * block. An event may be repeated.
     */
    public void listen(Consumer<SessionsEnded> listener) {
        listeners.add(listener);
    }

    /** Whether all events before the start are known. Until then no token can be judged. */
    public boolean complete() {
        return complete;
    }

    /** Records that all events before the start were added. */
    public void completed() {
        complete = true;
    }

    /** How many users have an entry. */
    public int size() {
        return notBefore.size();
    }

    /** Drops entries that are older than any valid token. */
    synchronized void forgetOld() {
        long oldest = clock.instant().getEpochSecond() - keepSeconds;
        notBefore.values().removeIf(from -> from < oldest);
    }

    private synchronized void makeRoom() {
        forgetOld();
        if (notBefore.size() > most) {
            long[] times = notBefore.values().stream()
                    .mapToLong(Long::longValue)
                    .sorted()
                    .toArray();
            long limit = times[times.length / SHARE_TO_DROP];
            notBeforeOfAll = Math.max(notBeforeOfAll, limit);
            notBefore.values().removeIf(from -> from <= limit);
        }
    }
}
