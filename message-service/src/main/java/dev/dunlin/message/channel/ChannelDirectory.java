package dev.dunlin.message.channel;

import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.AccessQuery.Asked;
import dev.dunlin.protocol.http.HeadList;
import dev.dunlin.protocol.kafka.Role;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds channels in the store. Thread-safe; blocks; throws
 * {@link dev.dunlin.message.command.StoreFailure}.
 */
public interface ChannelDirectory {
    /**
     * A live channel with what the user is in it; one that is being deleted, or was, is not found.
     */
    Optional<Entry> find(ChannelName channel, UserId user);

    /**
     * The epoch that a channel will have once somebody writes to it. Empty if the channel exists,
     * or its rows are still being removed.
     */
    Optional<Epoch> epochToBe(ChannelName channel);

    /**
     * The standing of users in live channels, in one query. Channels that are not found are left
     * out.
     */
    Map<Asked, Standing> standings(Collection<Asked> asked);

    /** How far those of the channels that are stored and live have come, in no order; one query. */
    List<HeadList.Head> heads(Collection<ChannelName> channels);

    /**
     * A channel and what a user is in it, without what has to be counted.
     *
     * @param role null if the user is no member
     * @param read the user's read mark, 0 if there is none
     * @param joined the seq of the user's own {@code member_joined}; 0 for a member since the
     *     creation, and for others
     * @param blocked whether one of the two of a direct channel blocks the other
     */
    record Standing(ChannelState channel, @Nullable Role role, long read, long joined, boolean blocked) {}

    /**
     * A channel and the user in it.
     *
     * @param unread the events after {@code read} that are not the user's own; those that retention
     *     removed are not counted
     * @param mentions the messages among them, not deleted, that mention the user
     */
    record Entry(Standing standing, long unread, long mentions) {
        public ChannelState channel() {
            return standing.channel();
        }

        public @Nullable Role role() {
            return standing.role();
        }

        public long read() {
            return standing.read();
        }
    }
}
