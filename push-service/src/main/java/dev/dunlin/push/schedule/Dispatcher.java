package dev.dunlin.push.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.Unreachable;
import dev.dunlin.push.channel.Texts;
import dev.dunlin.push.channel.Texts.Place;
import dev.dunlin.push.delivery.Notification;
import dev.dunlin.push.presence.Presences;
import dev.dunlin.push.schedule.Pending.Claimed;
import dev.dunlin.push.schedule.Pending.Claims;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Claims due notifications and delivers them, up to a number at a time. The rest stays in
 * {@link Pending}: nothing is queued here. One thread calls {@link #round}; each delivery has its
 * own virtual thread.
 */
public final class Dispatcher {
    /** How long deliveries wait for message-service before they ask again. */
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Pending pending;
    private final Presences presences;
    private final Texts texts;
    private final Courier courier;
    private final Journal journal;
    private final Clock clock;
    private final Duration lease;
    private final Duration maxAge;
    private final int most;
    private final Semaphore free;

    /**
     * {@code lease} must be longer than a delivery can take. A notification waits for
     * message-service until its message is older than {@code maxAge}.
     */
    public Dispatcher(
            Pending pending,
            Presences presences,
            Texts texts,
            Courier courier,
            Journal journal,
            Clock clock,
            Duration lease,
            Duration maxAge,
            int mostAtOnce) {
        this.pending = pending;
        this.presences = presences;
        this.texts = texts;
        this.courier = courier;
        this.journal = journal;
        this.clock = clock;
        this.lease = lease;
        this.maxAge = maxAge;
        this.most = mostAtOnce;
        this.free = new Semaphore(mostAtOnce);
    }

    /**
     * Starts as many due deliveries as may run, and returns how many; unless that is zero, more may
     * be due. Throws {@link Unreachable} if message-service is unreachable, and postpones what it
     * claimed.
     */
    public int round() {
        int slots = free.drainPermits();
        List<Claimed> started = List.of();
        try {
            started = slots == 0 ? List.of() : start(slots);
        } finally {
            free.release(slots - started.size());
        }
        return started.size();
    }

    private List<Claimed> start(int slots) {
        Claims claims = pending.claim(clock.instant(), lease, slots);
        claims.unreadable().forEach(journal::unreadable);
        List<Claimed> claimed = claims.claimed();
        if (claimed.isEmpty()) {
            return claimed;
        }
        Map<Place, JsonNode> current = current(claimed);
        Presences.Absent absent = absent(claimed);
        Map<Boolean, List<Claimed>> unknown = claimed.stream()
                .collect(Collectors.partitioningBy(
                        one -> absent.unknown().contains(one.device().user())));
        courier.wait(unknown.getOrDefault(true, List.of()), maxAge, PAUSE);
        List<Claimed> known = unknown.getOrDefault(false, List.of());
        known.forEach(one -> Thread.ofVirtual().start(() -> deliver(one, absent.offline(), current)));
        return known;
    }

    private Map<Place, JsonNode> current(List<Claimed> claimed) {
        try {
            return texts.current(claimed.stream().map(Dispatcher::place).collect(Collectors.toSet()));
        } catch (Unreachable e) {
            courier.wait(claimed, maxAge, PAUSE);
            throw e;
        }
    }

    private void deliver(Claimed claimed, Set<UserId> offline, Map<Place, JsonNode> current) {
        try {
            courier.deliver(
                    claimed,
                    offline.contains(claimed.device().user()),
                    Optional.ofNullable(current.get(place(claimed))));
        } finally {
            free.release();
        }
    }

    private static Place place(Claimed claimed) {
        Notification notification = claimed.notification();
        return new Place(
                notification.channel(),
                notification.epoch(),
                notification.seq(),
                claimed.device().user());
    }

    /**
     * Which users are absent. While presence-service does not answer, that is not known of any: a
     * notification that waits is better than one to a user who never left.
     */
    private Presences.Absent absent(List<Claimed> claimed) {
        Set<UserId> users = new HashSet<>();
        claimed.forEach(one -> users.add(one.device().user()));
        try {
            return presences.absent(users);
        } catch (Unreachable e) {
            LOG.debug("deliveries wait until presence is known", e);
            return new Presences.Absent(Set.of(), users);
        }
    }

    /**
     * Waits for running deliveries; false if some still run after {@code atMost}. Those become due
     * again when their lease ends.
     */
    public boolean drain(Duration atMost) throws InterruptedException {
        return free.tryAcquire(most, atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
}
