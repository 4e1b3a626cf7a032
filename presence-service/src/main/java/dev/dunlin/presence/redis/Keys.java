package dev.dunlin.presence.redis;

import dev.dunlin.protocol.NodeId;

/**
 * Every Redis key of presence-service. Those of a shard share a hash tag, so that they are in one
 * slot of a cluster. Only the shard's owner writes them, in {@code commit.lua}, except
 * {@code erased} and {@code seen}, where an erasure writes at once.
 *
 * <pre>
 * p:{shard}:meta       hash    owner  the number of the owner, greater than any before
 *                              version how many writes there were
 *                              next   the offset of the next record to apply
 *                              state  ready: all users are known; absent: they are being found
 * p:{shard}:users      hash    user -> who is not offline, see {@link EntryText}
 * p:{shard}:due        zset    users of whom a device has no session -> when (ms) its grace is over
 * p:{shard}:seen       zset    user -> when (ms) the user's last session ended; bounded
 * p:{shard}:chosen     hash    user -> what it chose for its presence, a {@code StoredUser} in JSON
 * p:{shard}:until      zset    user -> when (ms) its choice is over
 * p:{shard}:erased     zset    user -> until when (ms) the erasure is remembered: sessions that end
 *                              record no last seen. Stays while the user has sessions
 * p:{shard}:nodes      hash    node -> "count hash" of its sessions, to compare with its digests
 * p:{shard}:n:{node}   set     "user session": what to end when the node dies
 * node:{node}          string  the lease; the node writes it, it expires
 * nodes                zset    the nodes that ever held one; both in
 *                              {@link dev.dunlin.protocol.bus.RedisKeys}
 * </pre>
 *
 * @param shard its number
 */
record Keys(int shard) {
    String meta() {
        return key("meta");
    }

    String users() {
        return key("users");
    }

    String due() {
        return key("due");
    }

    String seen() {
        return key("seen");
    }

    String chosen() {
        return key("chosen");
    }

    String until() {
        return key("until");
    }

    String erased() {
        return key("erased");
    }

    String nodes() {
        return key("nodes");
    }

    String node(NodeId node) {
        return key("n:" + node);
    }

    private String key(String name) {
        return "p:{" + shard + "}:" + name;
    }
}
