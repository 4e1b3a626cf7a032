package dev.dunlin.connection.heartbeat;

import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.connection.session.Session;
import dev.dunlin.connection.session.SessionListener;
import dev.dunlin.protocol.CloseCode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * One timer wheel for all links of the node. Each tick checks the links in its slot, so each link
 * is checked once a period. A link that was silent since is pinged. A link that was silent for two
 * periods is checked each tick, and closed after three. Sessions whose token expires soon are
 * warned 60 s before, and closed when it expires. State belongs to the hub loop.
 */
public final class Heartbeat implements SessionListener {
    /** How often to call {@link #tick}. */
    public static final Duration TICK = Duration.ofSeconds(1);

    private static final Duration WARN_BEFORE = Duration.ofSeconds(60);

    private final HubLoop loop;
    private final InstantSource clock;
    private final Duration period;
    private final ConnectionMetrics metrics;
    private final List<Set<Session>> slots = new ArrayList<>();
    private final Set<Session> ending = new HashSet<>();
    private final Set<Session> fading = new HashSet<>();
    private int slot;

    /**
     * Throws {@link IllegalArgumentException} for a period shorter than a tick or longer than ten
     * minutes.
     */
    public Heartbeat(HubLoop loop, InstantSource clock, Duration period, ConnectionMetrics metrics) {
        if (period.compareTo(TICK) < 0 || period.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("dunlin.link.heartbeat must be 1s to 10m");
        }
        this.loop = loop;
        this.clock = clock;
        this.period = period;
        this.metrics = metrics;
        for (long i = period.toSeconds(); i > 0; i--) {
            // avoids an object for each session
            slots.add(Collections.newSetFromMap(new IdentityHashMap<>()));
        }
    }

    @Override
    public void started(Session session) {
        loop.execute(() -> {
            if (session.open()) {
                slotOf(session).add(session);
                watchToken(session, clock.millis());
            }
        });
    }

    @Override
    public void ended(Session session) {
        loop.execute(() -> {
            slotOf(session).remove(session);
            ending.remove(session);
            fading.remove(session);
        });
    }

    private Set<Session> slotOf(Session session) {
        return slots.get(Math.floorMod(session.hashCode(), slots.size()));
    }

    /** One tick. On the hub loop. */
    public void tick() {
        long nowMs = clock.millis();
        slot = (slot + 1) % slots.size();
        for (Session session : slots.get(slot)) {
            visit(session, nowMs);
        }
        fading.removeIf(session -> isHeardOrClosed(session, nowMs));
        ending.removeIf(session -> !endsSoon(session, nowMs));
        ending.forEach(session -> checkToken(session, nowMs));
    }

    private void visit(Session session, long nowMs) {
        long silentMs = silenceMs(session, nowMs);
        if (silentMs >= 2 * period.toMillis()) {
            fading.add(session);
        }
        if (silentMs >= period.minus(TICK).toMillis()) {
            session.loop().execute(session.link()::ping);
        }
        watchToken(session, nowMs);
    }

    private static long silenceMs(Session session, long nowMs) {
        return nowMs - session.link().lastHeardMs();
    }

    private boolean isHeardOrClosed(Session session, long nowMs) {
        long silentMs = silenceMs(session, nowMs);
        boolean gone = silentMs >= 3 * period.toMillis();
        if (gone) {
            metrics.heartbeatTimedOut();
            String reason = "silent for " + silentMs / 1000 + " s";
            session.loop().execute(() -> session.close(CloseCode.HEARTBEAT_TIMEOUT, reason));
        }
        return gone || silentMs < period.toMillis();
    }

    private void watchToken(Session session, long nowMs) {
        if (endsSoon(session, nowMs)) {
            ending.add(session);
        }
    }

    private boolean endsSoon(Session session, long nowMs) {
        return session.open()
                && session.identity().expiresAt() - nowMs
                        <= WARN_BEFORE.plus(period).plus(TICK).toMillis();
    }

    private static void checkToken(Session session, long nowMs) {
        long leftMs = session.identity().expiresAt() - nowMs;
        if (leftMs <= 0) {
            session.loop().execute(() -> session.close(CloseCode.TOKEN_EXPIRED, "the token expired"));
        } else if (leftMs <= WARN_BEFORE.toMillis()) {
            session.loop().execute(session::warnOfExpiry);
        }
    }
}
