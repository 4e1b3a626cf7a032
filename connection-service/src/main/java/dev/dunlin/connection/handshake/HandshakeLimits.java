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
    /** Links by user. Entries are removed with the last link, so the limit of links bounds them. */
    private final Map<UserId, Integer> users = new ConcurrentHashMap<>();
    /** Links by address, bounded likewise. */
    private final Map<String, Links> addresses = new ConcurrentHashMap<>();

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

    /**
     * The links from one address.
     *
     * @param address the same object for all of them, which each link keeps
     */
    private record Links(String address, int count) {}

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
     * {@code rate_limited} if there are too many of this user or from this address. It ends with
     * {@link #leave}.
     *
     * @return the address, to keep until then: links from one address share the object
     */
    String enter(UserId user, String address) {
        takeOneOfTheNode();
        try {
            take(user);
            return take(address, user);
        } catch (RefusedException e) {
            all.decrementAndGet();
            throw e;
        }
    }

    /** A link that entered is gone. Call it once for each. */
    void leave(UserId user, String address) {
        all.decrementAndGet();
        give(user);
        give(address);
    }

    private void takeOneOfTheNode() {
        if (all.incrementAndGet() > bounds.links()) {
            all.decrementAndGet();
            metrics.refused("links");
            throw new RefusedException(ErrorCode.OVERLOADED, "this node holds all the links that it may", RETRY);
        }
    }

    private void take(UserId user) {
        if (users.merge(user, 1, Integer::sum) > bounds.linksPerUser()) {
            give(user);
            throw tooMany(bounds.linksPerUser(), "links of a user");
        }
    }

    private String take(String address, UserId user) {
        Links from = addresses.compute(
                address,
                (key, known) -> known == null ? new Links(key, 1) : new Links(known.address(), known.count() + 1));
        if (from.count() > bounds.linksPerAddress()) {
            give(user);
            give(address);
            throw tooMany(bounds.linksPerAddress(), "links from an address");
        }
        return from.address();
    }

    private RefusedException tooMany(int most, String bound) {
        metrics.refused(bound);
        return new RefusedException(ErrorCode.RATE_LIMITED, "there may be " + most + " " + bound + " on a node", RETRY);
    }

    private void give(UserId user) {
        users.computeIfPresent(user, (key, count) -> count == 1 ? null : count - 1);
    }

    private void give(String address) {
        addresses.computeIfPresent(
                address, (key, from) -> from.count() == 1 ? null : new Links(from.address(), from.count() - 1));
    }
}
