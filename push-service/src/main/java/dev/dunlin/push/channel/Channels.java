package dev.dunlin.push.channel;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.Unreachable;
import java.util.List;
import java.util.OptionalLong;

/** What message-service knows of channels. Blocks; called on virtual threads. */
public interface Channels {
    /** Whether messages of the channel notify who is absent; {@code sender} is a user who published there. Throws {@link Unreachable}. */
    Policy policy(ChannelName channel, UserId sender);

    /** Whether it is known without asking that the channel's messages notify nobody. Does not block. */
    default boolean knownSilent(ChannelName channel) {
        return false;
    }

    /** The channel's members, the first so many of them if the channel is larger than is notified; empty if it is gone. Throws {@link Unreachable}. */
    List<UserId> members(ChannelName channel);

    /** Somebody joined or left: what is remembered of the members is old. */
    void membersChanged(ChannelName channel);

    /** How many of the channel's events the user has not read; empty if it cannot be told. */
    OptionalLong unread(ChannelName channel, UserId user);

    /** Whether a channel notifies. */
    enum Policy {
        NOTIFIES,
        SILENT,
        /** The channel cannot be seen by those who should see it: it is gone. */
        GONE
    }
}
