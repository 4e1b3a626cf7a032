package dev.dunlin.presence.channel;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PartHead;
import dev.dunlin.protocol.bus.PartUser;
import java.util.List;
import java.util.Set;

/**
 * The parts of channels' presence, as the connection nodes that are alive keep them. Called on
 * virtual threads. Throws {@link dev.dunlin.presence.PresenceUnavailable} if they cannot be read.
 */
public interface ChannelParts {
    /** The users of all parts; a user of several nodes is there several times. */
    List<PartUser> users(ChannelName channel);

    /** How many there are: the numbers of each part, and the ids of all users that are named. */
    Counts counts(ChannelName channel);

    /** Numbers of a channel. */
    record Counts(List<PartHead> heads, Set<UserId> named) {}
}
