package dev.dunlin.push.channel;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.preference.Notify;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Channels and members, as message-service knows them. Blocks; called on virtual threads; throws
 * {@link dev.dunlin.push.Unreachable}.
 */
public interface Channels {
    /**
     * Which messages of the channel notify members who say nothing; {@code sender} is a user who
     * published there. Empty if the channel does not exist, or the sender and the members cannot
     * see it.
     */
    Optional<Notify> policy(ChannelName channel, UserId sender);

    /**
     * Whether it is known, without a call, that messages of the channel notify nobody. Does not
     * block.
     */
    default boolean knownSilent(ChannelName channel) {
        return false;
    }

    /** Reads the members of a channel page by page; none if the channel does not exist. */
    void eachPage(ChannelName channel, Consumer<List<UserId>> page);

    /** The channels of a user, with the head of each. */
    Map<ChannelName, Long> ofUser(UserId user);
}
