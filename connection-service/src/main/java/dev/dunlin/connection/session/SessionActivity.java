package dev.dunlin.connection.session;

import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.kafka.SessionEvent;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Tells when a session starts, ends, goes away and comes back. Any thread. */
public final class SessionActivity implements SessionListener {
    private final NodeId life;
    private final SessionEvents events;
    private final InstantSource clock;
    private final Map<Long, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();
    private final AtomicLong number = new AtomicLong();

    /**
     * @param life this life of the node, under which presence-service keeps its sessions
     */
    public SessionActivity(NodeId life, SessionEvents events, InstantSource clock) {
        this.life = life;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void started(Session session) {
        tell(SessionEvent.Kind.STARTED, session);
    }

    @Override
    public void ended(Session session) {
        tell(SessionEvent.Kind.ENDED, session);
    }

    public void away(Session session) {
        tell(SessionEvent.Kind.AWAY, session);
    }

    public void active(Session session) {
        tell(SessionEvent.Kind.ACTIVE, session);
    }

    /** Completes when all that was told until now is safe or has failed. */
    public CompletableFuture<Void> settled() {
        return CompletableFuture.allOf(underWay.values().toArray(CompletableFuture[]::new))
                .exceptionally(failure -> null);
    }

    private void tell(SessionEvent.Kind kind, Session session) {
        CompletableFuture<Void> told = events.tell(
                        new SessionEvent(kind, session.id(), session.user(), life, clock.millis()))
                .toCompletableFuture();
        long key = number.incrementAndGet();
        underWay.put(key, told);
        // A failure is logged by the adapter; presence falls back on the node's lease.
        var unused = told.whenComplete((ok, failure) -> underWay.remove(key));
    }
}
