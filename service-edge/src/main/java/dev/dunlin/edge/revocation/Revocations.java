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
 * From when on tokens of a user count, for those users whose sessions were ended. {@code iat} has whole seconds, so the second itself counts: a token that was issued in it,
 * before or after, is good.
 *
 * <p>An entry is kept for as long as a token may live that it refuses. At most {@code most} are kept; when more come, a tenth of them, the oldest, give way to one rule for everybody: no token that is older than they
 * count. So users who hold one must renew it, and nothing that was refused counts again. Thread-safe; never blocks.
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

    /** {@code keep}: the longest life of a token, with what clocks may differ. */
    public Revocations(Duration keep, int most, InstantSource clock) {
        this.keepSeconds = keep.toSeconds();
        this.most = most;
        this.clock = clock;
    }

    /** Takes an event in; the same one again does nothing. Then calls those who listen, on this thread. */
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

    /** Whether a token of that user does not count. {@code issuedAt}: its {@code iat}, in seconds since 1970. */
    public boolean revoked(@Nullable String user, long issuedAt) {
        Long from = user == null ? null : notBefore.get(user);
        return issuedAt < notBeforeOfAll || (from != null && issuedAt < from);
    }

    /** Calls {@code listener} for each event from now on, on the thread that reads them; it must not block. */
    public void listen(Consumer<SessionsEnded> listener) {
        listeners.add(listener);
    }

    /** Whether all that was there at the start is known. Until then nothing can be said of a token. */
    public boolean complete() {
        return complete;
    }

    /** All that was there at the start has been added. */
    public void completed() {
        complete = true;
    }

    /** How many users have an entry. */
    public int size() {
        return notBefore.size();
    }

    /** Drops what can refuse no token any more. */
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
