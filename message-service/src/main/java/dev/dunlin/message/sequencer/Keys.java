package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import org.jspecify.annotations.Nullable;

/** What identifies the things of a channel. */
public final class Keys {
    private Keys() {}

    /** A member, or a user's marks. */
    public record OfUser(ChannelName channel, UserId user) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OfUser that && channel.equals(that.channel) && user.equals(that.user);
        }

        @Override
        public int hashCode() {
            return 31 * channel.hashCode() + user.hashCode();
        }
    }

    /** A message, or any event. */
    public record OfSeq(ChannelName channel, long seq) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OfSeq that && seq == that.seq && channel.equals(that.channel);
        }

        @Override
        public int hashCode() {
            return 31 * channel.hashCode() + Long.hashCode(seq);
        }
    }

    /** A message by what its sender called it. */
    public record OfClientId(ChannelName channel, UserId sender, ClientMessageId id) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OfClientId that
                    && channel.equals(that.channel)
                    && sender.equals(that.sender)
                    && id.equals(that.id);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * channel.hashCode() + sender.hashCode()) + id.hashCode();
        }
    }

    /** A reaction: one per message, user and emoji. */
    public record OfReaction(ChannelName channel, long target, UserId user, Emoji emoji) {
        OfSeq message() {
            return new OfSeq(channel, target);
        }

        /** Whose it is, of all that user's at the message. */
        public OfReactor reactor() {
            return new OfReactor(channel, target, user);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OfReaction that
                    && target == that.target
                    && channel.equals(that.channel)
                    && user.equals(that.user)
                    && emoji.equals(that.emoji);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * (31 * channel.hashCode() + Long.hashCode(target)) + user.hashCode()) + emoji.hashCode();
        }
    }

    /** All reactions of a user to a message. */
    public record OfReactor(ChannelName channel, long target, UserId user) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OfReactor that
                    && target == that.target
                    && channel.equals(that.channel)
                    && user.equals(that.user);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * channel.hashCode() + Long.hashCode(target)) + user.hashCode();
        }
    }

    /** The event that a record became. */
    public record OfRecord(ChannelName channel, LogPosition position) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof OfRecord that && channel.equals(that.channel) && position.equals(that.position);
        }

        @Override
        public int hashCode() {
            return 31 * channel.hashCode() + position.hashCode();
        }
    }
}
