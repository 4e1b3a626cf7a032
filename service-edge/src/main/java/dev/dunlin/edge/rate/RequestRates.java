package dev.dunlin.edge.rate;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the requests of each address and of each user in this process. Every request and handshake
 * counts for its address before its token is verified. Every REST request then counts for its user.
 * Back ends are not bounded: a verified token of theirs is remembered, and no longer counts for its
 * address. Calls of other services ({@code /internal}) do not count. Thread-safe.
 */
public final class RequestRates {
    private static final int MOST_BACK_ENDS = 1_000;

    private final Rate<String> addresses;
    private final Rate<UserId> users;
    private final InstantSource clock;
    /**
     * Verified tokens of back ends, with their expiry in milliseconds since 1970. Above
     * {@code MOST_BACK_ENDS} a token is not remembered, and counts for its address.
     */
    private final Map<String, Long> backEnds = new ConcurrentHashMap<>();

    /** Throws {@link IllegalArgumentException}, which names the setting, if one is out of range. */
    public RequestRates(RateSettings settings, InstantSource clock, MeterRegistry registry) {
        int keys = atLeast("keys", settings.keys(), 1);
        int perAddress = atLeast("per-address", settings.perAddress(), 1);
        int perUser = atLeast("per-user", settings.perUser(), 1);
        int addressBurst = atLeast("per-address-burst", settings.perAddressBurst(), perAddress);
        int userBurst = atLeast("per-user-burst", settings.perUserBurst(), perUser);
        addresses = new Rate<>("address", new KeyedRates<>(perAddress, addressBurst, keys, clock), registry);
        users = new Rate<>("user", new KeyedRates<>(perUser, userBurst, keys, clock), registry);
        this.clock = clock;
    }

    private static int atLeast(String key, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("dunlin.rate." + key + " must be " + least + " or more");
        }
        return value;
    }

    /**
     * Counts a request for its address, unless its token is known as a back end's. Throws
     * {@link RefusedException} {@code rate_limited} above the rate.
     */
    public void count(String address, @Nullable String token) {
        Long ends = token == null ? null : backEnds.get(token);
        if (ends == null || ends <= clock.millis()) {
            addresses.count(address);
        }
    }

    /**
     * Counts a request for its user. Throws {@link RefusedException} {@code rate_limited} above the
     * rate.
     */
    public void count(UserId user) {
        users.count(user);
    }

    /** Remembers a verified token of a back end until it expires, in seconds since 1970. */
    public void trust(String token, long expiresAt) {
        if (!backEnds.containsKey(token)) {
            if (backEnds.size() >= MOST_BACK_ENDS) {
                backEnds.values().removeIf(ends -> ends <= clock.millis());
            }
            if (backEnds.size() < MOST_BACK_ENDS) {
                backEnds.put(token, expiresAt * 1000);
            }
        }
    }

    private static final class Rate<K> {
        private final String bound;
        private final KeyedRates<K> rates;
        private final Counter refused;

        Rate(String bound, KeyedRates<K> rates, MeterRegistry registry) {
            this.bound = bound;
            this.rates = rates;
            this.refused = Counter.builder("dunlin.requests.refused")
                    .description("Requests and handshakes that were refused with 429, by the rate they exceeded")
                    .tag("bound", bound)
                    .register(registry);
            Gauge.builder("dunlin.rate.keys", rates, KeyedRates::size)
                    .description("Addresses and users with a rate in memory, at most dunlin.rate.keys each")
                    .tag("bound", bound)
                    .register(registry);
        }

        void count(K key) {
            long waitMs = rates.take(key);
            if (waitMs > 0) {
                refused.increment();
                throw new RefusedException(
                        ErrorCode.RATE_LIMITED, "too many requests from this " + bound, Duration.ofMillis(waitMs));
            }
        }
    }
}
