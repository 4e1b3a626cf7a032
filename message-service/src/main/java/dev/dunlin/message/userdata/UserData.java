package dev.dunlin.message.userdata;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the store holds of a user, in all channels that are not deleted. Each list is ordered by
 * channel and seq, and reactions then by emoji. It starts after the given place, and sees what was
 * appended before the call. Thread-safe; blocks; throws
 * {@link dev.dunlin.message.command.StoreFailure}.
 */
public interface UserData {
    /** The channels in which the user is a member or has marks. */
    List<Belonging> belongings(UserId user, @Nullable ChannelName after, int limit);

    /** The messages that the user sent and nobody deleted, as they are now. */
    List<ServerFrame.Message> messages(UserId user, @Nullable Place after, int limit);

    /** The user's reactions. */
    List<Reaction> reactions(UserId user, @Nullable Reaction after, int limit);

    /** A channel and a seq in it. */
    record Place(ChannelName channel, long seq) {}

    /**
     * What a user is in a channel. Times are milliseconds since 1970.
     *
     * @param role null if the user is no member
     * @param since null if the user is no member
     * @param read the read mark, 0 if there is none
     * @param received the received mark, 0 if there is none
     */
    record Belonging(
            ChannelName channel,
            @Nullable Role role,
            @Nullable Long since,
            long read,
            long received) {}

    /** A reaction to the message {@code target}. */
    record Reaction(ChannelName channel, long target, Emoji emoji, long ts) {}
}
