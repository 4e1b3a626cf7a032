package dev.dunlin.push.provider;

import dev.dunlin.push.delivery.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;
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
    public Set<String> closed() {
        return origins(Breaker::closed);
    }

    @Override
    public Set<String> leftAlone() {
        return origins(Breaker::open);
    }

    private synchronized Set<String> origins(BiPredicate<Breaker, Instant> which) {
        Instant now = clock.instant();
        Set<String> origins = new HashSet<>();
        breakers.forEach((origin, breaker) -> {
            if (which.test(breaker, now)) {
                origins.add(origin);
            }
        });
        return origins;
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

    private synchronized void leave(Taken taken, Outcome outcome) {
        if (taken.left) {
            return;
        }
        taken.left = true;
        Instant now = clock.instant();
        boolean pauses = taken.breaker.leave(taken.period, outcome, now, random);
        if (pauses && outcome instanceof Outcome.TryLater later && ProviderLimits.isProvider(taken.origin)) {
            LOG.warnf("%s fails and is left alone for a while: %s", taken.origin, later.reason());
        }
        if (taken.breaker.idle()) {
            breakers.remove(taken.origin, taken.breaker);
        }
    }

    private synchronized void leaveUnused(Taken taken) {
        if (taken.left) {
            return;
        }
        taken.left = true;
        taken.breaker.leaveUnused(taken.period);
        if (taken.breaker.idle()) {
            breakers.remove(taken.origin, taken.breaker);
        }
    }

    /** Those with deliveries stay: their places must be given back to them. */
    private void forgetSome() {
        Iterator<Breaker> oldest = breakers.values().iterator();
        while (breakers.size() > limits.mostOrigins() && oldest.hasNext()) {
            if (oldest.next().taken() == 0) {
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
        public void leave(Outcome outcome) {
            GuardedProviders.this.leave(this, outcome);
        }

        @Override
        public void leaveUnused() {
            GuardedProviders.this.leaveUnused(this);
        }
    }
}
