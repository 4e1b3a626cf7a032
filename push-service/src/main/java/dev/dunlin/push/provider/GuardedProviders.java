package dev.dunlin.push.provider;

import dev.dunlin.push.delivery.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Keeps a {@link Breaker} for each origin that has deliveries under way or failed lately; nothing
 * is remembered of the others. If more origins than the limit failed, it forgets those that were
 * used least recently, and they begin with all places. Thread-safe: one lock, held for moments.
 */
public final class GuardedProviders implements Providers {
    private static final Logger LOG = Logger.getLogger(GuardedProviders.class);

    private final ProviderLimits limits;
    private final Clock clock;
    private final RandomGenerator random;
    /** In the order of use, the latest last. */
    private final LinkedHashMap<String, Breaker> breakers = new LinkedHashMap<>(16, 0.75f, true);

    /** {@code random} varies the pauses, so that several processes do not try at once. */
    public GuardedProviders(ProviderLimits limits, Clock clock, RandomGenerator random) {
        this.limits = limits;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public synchronized Optional<Place> enter(String origin) {
        Breaker breaker =
                breakers.computeIfAbsent(origin, name -> new Breaker(limits.placesOf(name), limits.failures()));
        Optional<Place> place = breaker.enter(clock.instant()).map(period -> new Taken(origin, breaker, period));
        forgetSome();
        return place;
    }

    @Override
    public synchronized Room room() {
        Instant now = clock.instant();
        Map<String, Integer> known = new HashMap<>();
        breakers.forEach((origin, breaker) -> known.put(origin, breaker.room(now)));
        int places = limits.endpointPlaces();
        return new Room(known, places + ProviderLimits.lineOf(places));
    }

    @Override
    public synchronized Set<String> leftAlone() {
        Instant now = clock.instant();
        return breakers.entrySet().stream()
                .filter(entry -> entry.getValue().open(now))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Empty also while one delivery tries the provider: that place is taken. */
    @Override
    public synchronized Optional<Instant> closedUntil(String origin) {
        return Optional.ofNullable(breakers.get(origin)).flatMap(breaker -> breaker.until(clock.instant()));
    }

    /** How many origins are left alone, by {@code apns}, {@code fcm} and their like. */
    public synchronized long open(String group) {
        Instant now = clock.instant();
        return breakers.entrySet().stream()
                .filter(entry -> isIn(group, entry) && entry.getValue().open(now))
                .count();
    }

    /** How many deliveries are under way, by {@code apns}, {@code fcm} and their like. */
    public synchronized long taken(String group) {
        return breakers.entrySet().stream()
                .filter(entry -> isIn(group, entry))
                .mapToLong(entry -> entry.getValue().taken())
                .sum();
    }

    private static boolean isIn(String group, Map.Entry<String, Breaker> entry) {
        return ProviderLimits.groupOf(entry.getKey()).equals(group);
    }

    /** How many origins are remembered. */
    synchronized int remembered() {
        return breakers.size();
    }

    /** Those with deliveries stay: their places must be given back to them. */
    private void forgetSome() {
        Iterator<Breaker> oldest = breakers.values().iterator();
        while (breakers.size() > limits.mostOrigins() && oldest.hasNext()) {
            if (!oldest.next().inUse()) {
                oldest.remove();
            }
        }
    }

    /** A place; its fields are guarded by the lock of the providers. */
    private final class Taken implements Place {
        private final String origin;
        private final Breaker breaker;
        private final int period;
        private boolean left;

        Taken(String origin, Breaker breaker, int period) {
            this.origin = origin;
            this.breaker = breaker;
            this.period = period;
        }

        @Override
        public void start(Runnable delivery, Runnable turnedAway) {
            List<Runnable> calls;
            synchronized (GuardedProviders.this) {
                calls = breaker.start(period, clock.instant(), delivery, turnedAway);
                forgetIfIdle();
            }
            calls.forEach(Runnable::run);
        }

        @Override
        public boolean leave(Outcome outcome) {
            Breaker.Left after;
            synchronized (GuardedProviders.this) {
                if (left) {
                    return false;
                }
                left = true;
                after = breaker.leave(period, outcome, clock.instant(), random);
                forgetIfIdle();
            }
            if (after.pauses() && outcome instanceof Outcome.TryLater later && ProviderLimits.isProvider(origin)) {
                LOG.warnf("%s fails and is left alone for a while: %s", origin, later.reason());
            }
            after.calls().forEach(Runnable::run);
            return after.room();
        }

        @Override
        public void leaveUnused() {
            synchronized (GuardedProviders.this) {
                if (!left) {
                    left = true;
                    breaker.leaveUnused(period);
                    forgetIfIdle();
                }
            }
        }

        private void forgetIfIdle() {
            if (breaker.idle()) {
                breakers.remove(origin, breaker);
            }
        }
    }
}
