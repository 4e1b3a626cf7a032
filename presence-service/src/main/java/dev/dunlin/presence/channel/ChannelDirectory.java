package dev.dunlin.presence.channel;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.List;

/** The channels and their members, which another service owns. Called on virtual threads. */
public interface ChannelDirectory {
    /** How a channel looks to a user; throws {@link dev.dunlin.presence.PresenceUnavailable} if that is not known now. */
    View view(ChannelName channel, UserId user);

    /** The first {@code most} members; throws {@link dev.dunlin.presence.PresenceUnavailable} if they are not known now. */
    Members members(ChannelName channel, int most);

    /** Members of a channel; {@code complete} if these are all. */
    record Members(List<UserId> users, boolean complete) {}

    /** What a user sees of a channel. */
    sealed interface View {
        /** It is there: {@code open} if the user may read it, {@code presence} if its namespace shows presence. */
        record Found(boolean open, boolean presence) implements View {}

        /** There is none. */
        record Missing() implements View {}
    }
}
