package dev.dunlin.push.schedule;

import dev.dunlin.push.delivery.Outcome;
import dev.dunlin.push.provider.Providers;
import dev.dunlin.push.schedule.Pending.Claimed;
import dev.dunlin.push.schedule.Pending.Claims;
import dev.dunlin.push.schedule.Pending.Settled;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Claims rows that are due and sends them. It has up to a number at a time in hand, and of each
 * provider up to a number; those are being sent, or wait in the provider's line for a place. The
 * rest stays in {@link Pending}. One thread calls {@link #round} and {@link #sleep}; each delivery
 * has its own virtual thread.
 */
public final class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);
    private static final int MOST_CLAIMED = 500;
    /** A row that had to leave a provider's line is looked at again after this. */
    private static final Duration BUSY = Duration.ofMillis(250);

    private final Pending pending;
    private final Providers providers;
    private final Planner planner;
    private final Courier courier;
    private final Settler settler;
    private final Journal journal;
    private final Clock clock;
    private final Duration lease;
    private final int most;
    private final Semaphore free;
    /** Gets a permit when a provider has room again. */
    private final Semaphore room = new Semaphore(0);

    /**
     * {@code lease} must be longer than a delivery can take, with its wait in a line;
     * {@code mostInHand} limits what is claimed and not settled.
     */
    public Dispatcher(
            Pending pending,
            Providers providers,
            Planner planner,
            Courier courier,
            Settler settler,
            Journal journal,
            Clock clock,
            Duration lease,
            int mostInHand) {
        this.pending = pending;
        this.providers = providers;
        this.planner = planner;
        this.courier = courier;
        this.settler = settler;
        this.journal = journal;
        this.clock = clock;
        this.lease = lease;
        this.most = mostInHand;
        this.free = new Semaphore(mostInHand);
    }

    /**
     * Claims what there is room for, and starts to send it. Returns how many rows were claimed;
     * unless that is zero, more may be due. If a provider has no room after all, its row goes back
     * at once: nobody is asked about it.
     */
    public int round() {
        Instant now = clock.instant();
        int slots = takeSlots();
        int used = 0;
        Map<Claimed, Providers.Place> places = new HashMap<>();
        try {
            Claims claims = slots == 0 ? Claims.NONE : pending.claim(now, lease, slots, providers.room());
            claims.unreadable().forEach(journal::unreadable);
            List<Claimed> placed = new ArrayList<>();
            for (Claimed row : claims.claimed()) {
                Optional<Providers.Place> place = providers.enter(row.origin());
                if (place.isPresent()) {
                    places.put(row, place.get());
                    placed.add(row);
                } else {
                    used++;
                    settler.settle(later(row), free::release);
                }
            }
            for (Plan plan : planner.plan(placed, now)) {
                used++; // each plan gives its slot back itself
                start(plan, Objects.requireNonNull(places.remove(plan.row())));
            }
            return claims.claimed().size();
        } finally {
            places.values().forEach(Providers.Place::leaveUnused);
            free.release(slots - used);
        }
    }

    private int takeSlots() {
        int slots = free.drainPermits();
        int back = Math.max(0, slots - MOST_CLAIMED);
        free.release(back);
        return slots - back;
    }

    private void start(Plan plan, Providers.Place place) {
        switch (plan) {
            case Plan.Settle(Settled settled) -> {
                place.leaveUnused();
                courier.record(settled, Optional.empty());
                settler.settle(settled, free::release);
            }
            case Plan.Send send ->
                place.start(
                        () -> Thread.ofVirtual().start(() -> send(send, place)),
                        () -> settler.settle(later(send.row()), free::release));
        }
    }

    private Settled later(Claimed row) {
        Instant now = clock.instant();
        Instant open = providers.closedUntil(row.origin()).orElse(now.plus(BUSY));
        return new Settled.Postponed(row, open.isAfter(now) ? open : now.plus(BUSY), false);
    }

    private void send(Plan.Send send, Providers.Place place) {
        Outcome outcome = courier.send(send);
        if (place.leave(outcome)) {
            room.release();
        }
        Optional<Settled> settled = Optional.empty();
        try {
            settled = courier.settle(send, outcome);
        } catch (RuntimeException e) {
            LOG.warnf("a delivery is not recorded, and is tried again: %s", e);
        }
        settled.ifPresentOrElse(one -> settler.settle(one, free::release), free::release);
    }

    /** When the next row is due whose provider is not left alone, or since when. */
    public Optional<Instant> nextDue() {
        return pending.nextDue(providers.leftAlone());
    }

    /** Waits until a provider has room again, at most for this time. */
    public void sleep(Duration atMost) throws InterruptedException {
        if (room.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            room.drainPermits();
        }
    }

    /**
     * Waits for running deliveries; false if some still run after {@code atMost}. Those become due
     * again when their lease ends.
     */
    public boolean drain(Duration atMost) throws InterruptedException {
        if (!free.tryAcquire(most, atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        free.release(most);
        return true;
    }
}
