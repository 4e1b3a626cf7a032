package dev.dunlin.presence.redis;

import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;

/**
 * Every Redis key of presence-service. Only Lua scripts write them, so that they change together.
 *
 * <pre>
 * presence:user:{user}     hash    the user's sessions: session -> "node status since changed"
 *                                  (online|away; ms)
 * presence:status:{user}   string  online|away, as published; absent: offline. Stays in the grace
 * presence:node:{node}     set     "user session": what to end when the node dies
 * presence:nodes           zset    node -> 0, or since when (ms) its lease has been missing
 * presence:due             zset    users without sessions -> when (ms) the grace is over
 * presence:seen            hash    user -> when (ms) the user's last session ended
 * presence:ended:{node}:{session}
 *                          string  when (ms) the session ended; expires
 * presence:erased:{user}   string  1: the user was erased, and ending sessions record no last seen;
 *                                  expires once there are no sessions
 * presence:online          string  how many users have a presence:status
 * node:{node}              string  the lease; the node writes it, it expires
 *                                  ({@link dev.dunlin.protocol.bus.RedisKeys})
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
