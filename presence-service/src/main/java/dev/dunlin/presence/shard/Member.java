package dev.dunlin.presence.shard;

import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.UserId;
import org.jspecify.annotations.Nullable;

/** A session of a node, and whose it is. */
public record Member(UserId user, SessionId session) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Member that && user.equals(that.user) && session.equals(that.session);
    }

    @Override
    public int hashCode() {
        return 31 * user.hashCode() + session.hashCode();
    }
}
