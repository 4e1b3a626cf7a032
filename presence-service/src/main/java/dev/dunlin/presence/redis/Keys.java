package dev.dunlin.presence.redis;

import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;

/**
 * Every Redis key of presence-service; each is written by Lua only, so that it changes together with the others.
 *
 * <pre>
 * presence:user:{user}             hash    session -> "node status since changed" (online|away; ms), the user's sessions
 * presence:status:{user}           string  online|away, as published; absent: offline. Stays during the grace
 * presence:node:{node}             set     "user session", what to end when the node is gone
 * presence:nodes                   zset    node -> 0, or since when (ms) its lease is missed
 * presence:due                     zset    user -> when (ms) the user's grace is over; in it: no sessions
 * presence:seen                    hash    user -> when (ms) the user's last session ended
 * presence:ended:{node}:{session}  string  when (ms) the session ended; expires
 * presence:erased:{user}           string  1, the user was erased: sessions that end leave no last seen; expires once there are none
 * presence:online                  string  how many users have a presence:status
 * node:{node}                      string  the lease; written by the node, expires ({@link dev.dunlin.protocol.bus.RedisKeys})
 * </pre>
 */
final class Keys {
    static final String NODES = "presence:nodes";
    static final String DUE = "presence:due";
    static final String SEEN = "presence:seen";
    static final String ONLINE = "presence:online";

    private Keys() {}

    static String sessions(UserId user) {
        return "presence:user:" + user;
    }

    static String status(UserId user) {
        return "presence:status:" + user;
    }

    static String node(NodeId node) {
        return "presence:node:" + node;
    }

    static String erased(UserId user) {
        return "presence:erased:" + user;
    }

    static String ended(NodeId node, SessionId session) {
        return "presence:ended:" + node + ":" + session;
    }
}
