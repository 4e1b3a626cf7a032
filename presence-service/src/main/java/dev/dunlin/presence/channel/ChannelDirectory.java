package dev.dunlin.presence.channel;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.PresenceMode;
import java.util.List;

/** The channels and their members, which message-service owns. Called on virtual threads. */
public interface ChannelDirectory {
    /**
     * What a user may see of a channel. Throws {@link dev.dunlin.presence.PresenceUnavailable} if
     * message-service does not answer.
     */
    View view(ChannelName channel, UserId user);

    /**
     * The first {@code most} members. Throws {@link dev.dunlin.presence.PresenceUnavailable} if
     * message-service does not answer.
     */
    Members members(ChannelName channel, int most);

    /** Members of a channel; {@code complete} if there are no others. */
    record Members(List<UserId> users, boolean complete) {}

    /** What a user may see of a channel. */
    sealed interface View {
        /**
         * The channel exists. {@code open}: the user may read it. {@code shown}: who is shown to be
         * there.
         */
        record Found(boolean open, PresenceMode shown) implements View {}

        /** The channel does not exist. */
        record Missing() implements View {}
    }
}
