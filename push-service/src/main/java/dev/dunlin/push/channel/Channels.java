package dev.dunlin.push.channel;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.Unreachable;
import java.util.List;
import java.util.OptionalLong;

/** Channels and members, as message-service knows them. Blocks; called on virtual threads. */
public interface Channels {
    /**
     * Whether messages of the channel notify offline members; {@code sender} is a user who
     * published there. Throws {@link Unreachable}.
     */
    Policy policy(ChannelName channel, UserId sender);

    /**
     * Whether it is known, without a call, that messages of the channel notify nobody. Does not
     * block.
     */
    default boolean knownSilent(ChannelName channel) {
        return false;
    }

    /**
     * The members of the channel, up to {@code dunlin.push.max-members}; empty if the channel does
     * not exist. Throws {@link Unreachable}.
     */
    List<UserId> members(ChannelName channel);

    /** A member joined or left: drops the cached members. */
    void membersChanged(ChannelName channel);

    /** How many events of the channel the user has not read; empty if that is unknown. */
    OptionalLong unread(ChannelName channel, UserId user);

    /** Whether the messages of a channel notify. */
    enum Policy {
        NOTIFIES,
        SILENT,
        /** The channel does not exist, or the sender and the members cannot see it. */
        GONE
    }
}
