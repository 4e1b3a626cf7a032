package dev.dunlin.push.member;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is stored of members who have devices. Every method blocks and is called on virtual threads.
 * Throws {@link dev.dunlin.push.Unreachable}. Safe for many threads and processes at once.
 */
public interface Members {
    /** Those of the channels whose members were loaded, in that epoch. */
    Set<ChannelName> loaded(Map<ChannelName, Epoch> channels);

    /** Forgets the members that the channel had in another epoch, before they are loaded. */
    void begin(ChannelName channel, Epoch epoch);

    /**
     * Stores those of the users who have devices as members, as of event {@code seq}, unless
     * something newer is known of them.
     */
    void store(ChannelName channel, Collection<UserId> users, long seq);

    /** Marks the channel as loaded in that epoch. */
    void finish(ChannelName channel, Epoch epoch);

    /** Applies that members joined or left; what is older than what is known changes nothing. */
    void change(List<Change> changes);

    /** The members of each channel who have devices that are not disabled. */
    Map<ChannelName, List<Recipient>> recipients(Collection<ChannelName> channels);

    /**
     * From now on the user is stored as a member of the channels that it joins. Returns whether its
     * channels were loaded before.
     */
    boolean follow(UserId user);

    /** At most {@code most} users with devices whose channels were not loaded. */
    List<UserId> notLoaded(int most);

    /** Stores the channels of a user, each as of an event, and marks the user as loaded. */
    void store(UserId user, Map<ChannelName, Long> channels);

    /**
     * A user joined or left with the event {@code seq}.
     *
     * @param gone whether it left
     */
    record Change(ChannelName channel, UserId user, long seq, boolean gone) {}
}
