package dev.dunlin.presence.shard;

import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.kafka.SessionDigest;

/**
 * The sessions of one node in a shard, in short, to compare with a {@link SessionDigest}.
 *
 * @param hash the exclusive or of their hashes
 */
public record NodePart(int count, long hash) {
    static final NodePart NONE = new NodePart(0, 0);

    NodePart plus(SessionId session, boolean away) {
        return new NodePart(count + 1, hash ^ SessionDigest.hash(session, away));
    }

    NodePart minus(SessionId session, boolean away) {
        return new NodePart(count - 1, hash ^ SessionDigest.hash(session, away));
    }

    boolean matches(SessionDigest digest) {
        return count == digest.count() && hash == digest.hash();
    }
}
