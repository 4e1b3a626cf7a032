package dev.dunlin.push.schedule;

import dev.dunlin.protocol.UserId;
import dev.dunlin.push.Unreachable;
import dev.dunlin.push.presence.Presences;
import dev.dunlin.push.schedule.Pending.Claimed;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes what is due and has it delivered, so many at once at most. What is more than that stays in {@link Pending}: nothing is queued here. {@link #round} is called by one
 * thread, deliveries run on virtual threads of their own.
 */
public final class Dispatcher {
    private final Pending pending;
    private final Presences presences;
    private final Courier courier;
    private final Clock clock;
    private final Duration lease;
    private final int most;
    private final Semaphore free;

    /** {@code lease} must be longer than a delivery can take. */
    public Dispatcher(
            Pending pending, Presences presences, Courier courier, Clock clock, Duration lease, int mostAtOnce) {
        this.pending = pending;
        this.presences = presences;
        this.courier = courier;
        this.clock = clock;
        this.lease = lease;
        this.most = mostAtOnce;
        this.free = new Semaphore(mostAtOnce);
    }

    /** Starts as many deliveries as are due and may run. Returns how many: more may be due if it is not zero. Throws {@link Unreachable}. */
    public int round() {
        int slots = free.drainPermits();
        List<Claimed> claimed = List.of();
        try {
            claimed = slots == 0 ? List.of() : pending.claim(clock.instant(), lease, slots);
        } finally {
            free.release(slots - claimed.size());
        }
        if (!claimed.isEmpty()) {
            Set<UserId> offline = offline(claimed);
            claimed.forEach(one -> Thread.ofVirtual().start(() -> deliver(one, offline)));
        }
        return claimed.size();
    }

    private void deliver(Claimed claimed, Set<UserId> offline) {
        try {
            courier.deliver(claimed, offline.contains(claimed.device().user()));
        } finally {
            free.release();
        }
    }

    /** They were offline a moment ago: as long as presence cannot be told, better one notification too many than one too few. */
    private Set<UserId> offline(List<Claimed> claimed) {
        Set<UserId> users = new HashSet<>();
        claimed.forEach(one -> users.add(one.device().user()));
        try {
            return presences.offline(users);
        } catch (RuntimeException e) {
            return users;
        }
    }

    /** Waits for what runs; false if some is still running after {@code atMost}. That is due again when its lease is over. */
    public boolean drain(Duration atMost) throws InterruptedException {
        return free.tryAcquire(most, atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
}
