package dev.dunlin.message.membership;

import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.MemberPage.Member;
import dev.dunlin.protocol.kafka.Role;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads who belongs to what. Thread-safe; blocks; throws {@link
 * dev.dunlin.message.command.StoreFailure}.
 */
public interface Memberships {
    /** One member of a channel. */
    Optional<Member> find(ChannelName channel, UserId user);

    /** At most {@code limit} members in the order of their ids, those after {@code after}. */
    List<Member> page(ChannelName channel, @Nullable UserId after, int limit);

    /**
     * The live channels of a user that are not archived, at most {@code limit}: for {@code
     * welcome}. Those that the user used last come first, by the time of its newest own event, or
     * of the event at a read mark that it moved after it joined. The others follow, those with the
     * newest event first, so channels that others make do not displace them. {@code from} is the
     * seq at which the user joined, whatever the namespace hides.
     */
    List<ServerFrame.Membership> ofUser(UserId user, int limit);

    /**
     * At most {@code limit} live channels of a user, archived ones too, those with the newest event
     * first and by name where that is the same, after {@code after}; by one query.
     */
    List<Summary> summaries(UserId user, @Nullable Place after, int limit);

    /**
     * A channel in a user's list. {@code unread} and {@code mentions} as in {@link
     * dev.dunlin.message.channel.ChannelDirectory.Entry}, {@code joined} as in {@link
     * dev.dunlin.message.channel.ChannelDirectory.Standing}. {@code newest} is the newest message,
     * null if there is none.
     */
    record Summary(
            ChannelState channel,
            Role role,
            long joined,
            long read,
            long unread,
            long mentions,
            ServerFrame.@Nullable Message newest) {
        /** Without the newest message: it is not retained any more. */
        public Summary withoutNewest() {
            return new Summary(channel, role, joined, read, unread, mentions, null);
        }

        public Place place() {
            return new Place(channel.active(), channel.name());
        }
    }

    /**
     * A place in a user's list: when the channel's newest event happened (milliseconds since 1970),
     * then its name.
     */
    record Place(long active, ChannelName channel) {}
}
