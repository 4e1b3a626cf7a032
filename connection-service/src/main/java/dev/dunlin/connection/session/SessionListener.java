package dev.dunlin.connection.session;

/** Is called when sessions start and end. On the session's loop; must not block. */
public interface SessionListener {
    void started(Session session);

    void ended(Session session);
}
