package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;

/** What identifies the things of a channel. */
public final class Keys {
    private Keys() {}

    /** A member, or a user's marks. */
    public record OfUser(ChannelName channel, UserId user) {}

    /** A message, or any event. */
    public record OfSeq(ChannelName channel, long seq) {}

    /** A message by what its sender called it. */
    public record OfClientId(ChannelName channel, UserId sender, ClientMessageId id) {}

    /** A reaction: one per message, user and emoji. */
    public record OfReaction(ChannelName channel, long target, UserId user, Emoji emoji) {
        OfSeq message() {
            return new OfSeq(channel, target);
        }

        /** Whose it is, of all that user's at the message. */
        public OfReactor reactor() {
            return new OfReactor(channel, target, user);
        }
    }

    /** All reactions of a user to a message. */
    public record OfReactor(ChannelName channel, long target, UserId user) {}

    /** The event that a record became. */
    public record OfRecord(ChannelName channel, LogPosition position) {}
}
