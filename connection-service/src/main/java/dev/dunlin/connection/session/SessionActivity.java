package dev.dunlin.connection.session;

import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.kafka.SessionEvent;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Announces to presence-service when a session starts, ends, becomes away and becomes active. An
 * event that cannot be written is logged and lost; presence-service then relies on the node's
 * lease. Any thread.
 */
public final class SessionActivity implements SessionListener {
    private final NodeId life;
    private final SessionEvents events;
    private final InstantSource clock;
    private final Map<Long, CompletableFuture<Void>> inFlight = new ConcurrentHashMap<>();
    private final AtomicLong number = new AtomicLong();

    /** @param life this life of the node, under which presence-service keeps its sessions */
    public SessionActivity(NodeId life, SessionEvents events, InstantSource clock) {
        this.life = life;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void started(Session session) {
        announce(SessionEvent.Kind.STARTED, session);
    }

    @Override
    public void ended(Session session) {
        announce(SessionEvent.Kind.ENDED, session);
    }

    /** Announces that the user of a session is away, or active again. */
    public void handle(Session session, ClientFrame.ActivityFrame frame) {
        announce(
                switch (frame) {
                    case ClientFrame.Away away -> SessionEvent.Kind.AWAY;
                    case ClientFrame.Active active -> SessionEvent.Kind.ACTIVE;
                },
                session);
    }

    /** Completes when every event announced until now is stored or has failed. */
    public CompletableFuture<Void> settled() {
        return CompletableFuture.allOf(inFlight.values().toArray(CompletableFuture[]::new))
                .exceptionally(failure -> null);
    }

    private void announce(SessionEvent.Kind kind, Session session) {
        CompletableFuture<Void> announced = events.tell(
                        new SessionEvent(kind, session.id(), session.user(), life, clock.millis()))
                .toCompletableFuture();
        long key = number.incrementAndGet();
        inFlight.put(key, announced);
        var unused = announced.whenComplete((ok, failure) -> inFlight.remove(key));
    }
}
