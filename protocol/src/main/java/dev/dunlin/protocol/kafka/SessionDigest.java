package dev.dunlin.protocol.kafka;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;

/**
 * What a node has of one shard, in short: whoever has applied the records before it has the same,
 * or has lost something. Key: node.
 *
 * @param at see {@link SessionRecord#at}
 * @param count how many sessions the node has in this shard
 * @param hash the exclusive or of their {@link #hash}
 */
public record SessionDigest(NodeId node, long at, int count, long hash) implements SessionRecord {
    static final String TYPE = "session_digest";

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    public SessionDigest {
        Check.required("node", node);
    }

    @JsonProperty("type")
    String type() {
        return TYPE;
    }

    @Override
    public String key() {
        return node.value();
    }

    /**
     * The hash of one session: FNV-1a of 64 bits over its id and a byte, 1 for away or else 0
     * (draft-eastlake-fnv).
     */
    public static long hash(SessionId session, boolean away) {
        String id = session.value();
        long hash = FNV_OFFSET;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * FNV_PRIME;
        }
        return (hash ^ (away ? 1 : 0)) * FNV_PRIME;
    }
}
