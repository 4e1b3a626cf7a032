package dev.dunlin.connection.session;

/** Learns of sessions that come and go. On the session's loop; must not block. */
public interface SessionListener {
    void started(Session session);

    void ended(Session session);
}
