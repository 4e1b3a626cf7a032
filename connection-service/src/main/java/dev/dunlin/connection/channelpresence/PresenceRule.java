package dev.dunlin.connection.channelpresence;

import dev.dunlin.protocol.http.ChannelAccess;
import dev.dunlin.protocol.http.PresenceMode;
import java.time.Duration;

/**
 * What a namespace shows of who is in its channels.
 *
 * @param last whether the last signal of each user is kept
 * @param grace from the end of a link to the end of the user's presence
 */
record PresenceRule(PresenceMode mode, boolean last, Duration grace) {
    /** The rule of a channel's namespace. All leave an ephemeral channel at once. */
    static PresenceRule of(ChannelAccess access, Duration grace) {
        return new PresenceRule(access.shown(), access.keepsLast(), access.durable() ? grace : Duration.ZERO);
    }
}
