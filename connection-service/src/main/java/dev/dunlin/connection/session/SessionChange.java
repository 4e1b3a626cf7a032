package dev.dunlin.connection.session;

import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.kafka.PresenceShard;
import dev.dunlin.protocol.kafka.SessionDigest;
import dev.dunlin.protocol.kafka.SessionEvent;

/**
 * What a session has done, and how it changes the digest of its shard. Made on the session's loop.
 *
 * @param count how many sessions more the shard has
 * @param hash the exclusive or of the session's hashes before and after
 */
record SessionChange(
        SessionEvent.Kind kind, SessionId session, UserId user, Device device, int shard, int count, long hash) {
    static SessionChange started(Session session) {
        SessionId id = session.id();
        return of(SessionEvent.Kind.STARTED, id, session, 1, SessionDigest.hash(id, session.away()));
    }

    static SessionChange ended(Session session) {
        SessionId id = session.id();
        return of(SessionEvent.Kind.ENDED, id, session, -1, SessionDigest.hash(id, session.away()));
    }

    /** The session has just become away or active. */
    static SessionChange turned(Session session) {
        SessionId id = session.id();
        return of(
                session.away() ? SessionEvent.Kind.AWAY : SessionEvent.Kind.ACTIVE,
                id,
                session,
                0,
                SessionDigest.hash(id, false) ^ SessionDigest.hash(id, true));
    }

    private static SessionChange of(SessionEvent.Kind kind, SessionId id, Session session, int count, long hash) {
        return new SessionChange(
                kind, id, session.user(), session.device(), PresenceShard.of(session.user()), count, hash);
    }
}
