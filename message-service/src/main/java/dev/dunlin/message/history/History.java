package dev.dunlin.message.history;

import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the log. Thread-safe; blocks; throws {@link dev.dunlin.message.command.StoreFailure}. */
public interface History {
    /** At most {@code limit} messages after a seq, the oldest of them, oldest first. */
    List<ServerFrame.Message> messagesAfter(ChannelName channel, long seq, int limit);

    /** At most {@code limit} messages before a seq, the newest of them, oldest first. */
    List<ServerFrame.Message> messagesBefore(ChannelName channel, long seq, int limit);

    /**
     * Those of the places where a message is stored, deleted ones too, without their reactions. In
     * PostgreSQL by one query; in Cassandra by a request for each place and for each channel, all
     * at once.
     */
    Map<Place, ServerFrame.Message> messages(Set<Place> places);

    /** At most {@code limit} events after a seq, oldest first. */
    List<ServerFrame.LogEvent> events(ChannelName channel, long after, int limit);

    /**
     * The oldest event in the store that happened at {@code since} (milliseconds since 1970) or
     * later; empty when there is none. Times do not decrease along a channel.
     */
    Optional<Long> firstEvent(ChannelName channel, long since);

    /** The record that an event came from. */
    Optional<LogPosition> origin(ChannelName channel, long seq);

    /** At most {@code limit} receipts in the order of the users' ids, those after {@code after}. */
    List<Receipt> receipts(ChannelName channel, @Nullable UserId after, int limit);

    /** Where a message is in the log. */
    record Place(ChannelName channel, long seq) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place that && seq == that.seq && channel.equals(that.channel);
        }

        @Override
        public int hashCode() {
            return 31 * channel.hashCode() + Long.hashCode(seq);
        }
    }

    /** How far a user has read and received a channel. */
    record Receipt(UserId user, long read, long received) {}
}
