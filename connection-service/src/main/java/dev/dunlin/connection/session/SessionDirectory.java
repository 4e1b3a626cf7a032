package dev.dunlin.connection.session;

import dev.dunlin.protocol.SessionId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions of this node. Bounded by the limit of links. Any thread. */
public final class SessionDirectory {
    private final Map<SessionKey, Session> sessions = new ConcurrentHashMap<>();
    private final List<SessionListener> listeners;
    private volatile CompletableFuture<Void> awaited = new CompletableFuture<>();

    public SessionDirectory(List<SessionListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    public Optional<Session> find(SessionId id) {
        return SessionKey.of(id).map(sessions::get);
    }

    /** A live view of all sessions. */
    public Collection<Session> all() {
        return Collections.unmodifiableCollection(sessions.values());
    }

    public int size() {
        return sessions.size();
    }

    /** Adds a session. On its loop. */
    public void add(Session session) {
        sessions.put(session, session);
        listeners.forEach(listener -> listener.started(session));
    }

    /** Removes a session whose link is closed; a second call has no effect. On its loop. */
    public void remove(Session session) {
        if (sessions.remove(session, session)) {
            session.ended();
            listeners.forEach(listener -> listener.ended(session));
            if (sessions.isEmpty()) {
                awaited.complete(null);
            }
        }
    }

    /** Completes when there are no sessions left. */
    public CompletableFuture<Void> whenEmpty() {
        CompletableFuture<Void> empty = new CompletableFuture<>();
        awaited = empty;
        if (sessions.isEmpty()) {
            empty.complete(null);
        }
        return empty;
    }
}
