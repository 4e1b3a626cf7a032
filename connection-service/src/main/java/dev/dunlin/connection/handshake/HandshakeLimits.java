package dev.dunlin.connection.handshake;

import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.edge.rate.TokenBucket;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many handshakes this node takes, and how many links of one user and from one address. Any
 * thread. {@link dev.dunlin.edge.rate.RequestRates} limits each address before this, so one address
 * cannot use up the node's handshakes.
 */
public final class HandshakeLimits {
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Bounds bounds;
    private final ConnectionMetrics metrics;
    private final TokenBucket handshakes;
    private final AtomicInteger all = new AtomicInteger();
    /** Entries are removed with the last link, so the limit of links bounds them. */
    private final Map<Object, Integer> links = new ConcurrentHashMap<>();

    /**
     * The bounds of a node.
     *
     * @param links links of the node, including those that are being admitted
     * @param perSecond handshakes each second
     * @param linksPerUser links of one user
     * @param linksPerAddress links from one address
     */
    public record Bounds(int links, int perSecond, int linksPerUser, int linksPerAddress) {
        public Bounds {
            atLeastOne("link.max", links);
            atLeastOne("handshake.per-second", perSecond);
            atLeastOne("handshake.links-per-user", linksPerUser);
            atLeastOne("handshake.links-per-address", linksPerAddress);
        }

        private static void atLeastOne(String key, int value) {
            if (value < 1) {
                throw new IllegalArgumentException("dunlin." + key + " must be 1 or more");
            }
        }
    }

    private record Address(String address) {}

    public HandshakeLimits(Bounds bounds, InstantSource clock, ConnectionMetrics metrics) {
        this.bounds = bounds;
        this.metrics = metrics;
        this.handshakes = new TokenBucket(bounds.perSecond(), clock);
    }

    /**
     * Counts a handshake, before anything is done for it; throws {@link RefusedException}
     * {@code overloaded} if there are too many.
     */
    void arrive() {
        long waitMs;
        synchronized (handshakes) {
            waitMs = handshakes.take();
        }
        if (waitMs > 0) {
            metrics.refused("handshakes");
            throw new RefusedException(
                    ErrorCode.OVERLOADED,
                    "this node takes " + bounds.perSecond() + " handshakes a second",
                    Duration.ofSeconds(1));
        }
    }

    /**
     * Counts a link; throws {@link RefusedException} {@code overloaded} if the node is full,
     * {@code rate_limited} if there are too many of this user or from this address. The result
     * gives it back, once.
     */
    Runnable enter(UserId user, String address) {
        takeOneOfTheNode();
        Address from = new Address(address);
        try {
            take(user, bounds.linksPerUser(), "links of a user");
            takeFrom(from, user);
        } catch (RefusedException e) {
            all.decrementAndGet();
            throw e;
        }
        return new Place(user, from);
    }

    /** What one link has taken. Given back with {@link #run}; a second call does nothing. */
    private final class Place implements Runnable {
        private final UserId user;
        private final Address from;
        private boolean left;

        Place(UserId user, Address from) {
            this.user = user;
            this.from = from;
        }

        @Override
        public synchronized void run() {
            if (!left) {
                left = true;
                all.decrementAndGet();
                give(user);
                give(from);
            }
        }
    }

    private void takeFrom(Address from, UserId user) {
        try {
            take(from, bounds.linksPerAddress(), "links from an address");
        } catch (RefusedException e) {
            give(user);
            throw e;
        }
    }

    private void takeOneOfTheNode() {
        if (all.incrementAndGet() > bounds.links()) {
            all.decrementAndGet();
            metrics.refused("links");
            throw new RefusedException(ErrorCode.OVERLOADED, "this node holds all the links that it may", RETRY);
        }
    }

    private void take(Object who, int most, String bound) {
        if (links.merge(who, 1, Integer::sum) > most) {
            give(who);
            metrics.refused(bound);
            throw new RefusedException(
                    ErrorCode.RATE_LIMITED, "there may be " + most + " " + bound + " on a node", RETRY);
        }
    }

    private void give(Object who) {
        links.computeIfPresent(who, (key, count) -> count == 1 ? null : count - 1);
    }
}
