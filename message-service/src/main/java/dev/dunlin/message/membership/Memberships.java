package dev.dunlin.message.membership;

import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.MemberPage.Member;
import dev.dunlin.protocol.http.UnreadList;
import dev.dunlin.protocol.http.UnreadQuery;
import dev.dunlin.protocol.kafka.Role;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads memberships. Thread-safe; blocks; throws {@link dev.dunlin.message.command.StoreFailure}.
 */
public interface Memberships {
    /** One member of a channel. */
    Optional<Member> find(ChannelName channel, UserId user);

    /** At most {@code limit} members in the order of their ids, those after {@code after}. */
    List<Member> page(ChannelName channel, @Nullable UserId after, int limit);

    /**
     * At most {@code limit} live, unarchived channels of a user, for {@code welcome}. Channels that
     * the user used last come first, by the time of its newest own event, or of the event at a read
     * mark that it moved after it joined. The others follow, by their newest event, so channels
     * that others make do not displace them. {@code from} is the seq at which the user joined,
     * whatever the namespace hides.
     */
    List<ServerFrame.Membership> ofUser(UserId user, int limit);

    /** {@link #ofUser} of each of these users. */
    default Map<UserId, List<ServerFrame.Membership>> ofUsers(Set<UserId> users, int limit) {
        return users.stream().collect(Collectors.toMap(Function.identity(), user -> ofUser(user, limit)));
    }

    /**
     * At most {@code limit} live channels of a user after {@code after}, archived ones too, in one
     * query. Ordered by the newest event, then by name.
     */
    List<Summary> summaries(UserId user, @Nullable Place after, int limit);

    /**
     * How much these users have not read: in all live channels, archived ones too, and in the
     * channel of the pair. Counts as {@link #summaries} does, without mentions. One entry for each
     * pair. In PostgreSQL it is one query with two index lookups for each channel of each user. In
     * Cassandra it is about four requests for each channel of each user, of some users at once.
     */
    Map<UnreadQuery.Asked, UnreadList.Unread> unread(Set<UnreadQuery.Asked> asked);

    /** Those of {@code candidates} who are, with the user, the members of a live direct channel. */
    Set<UserId> sharingDirect(UserId user, Collection<UserId> candidates);

    /**
     * Those of {@code candidates} who are members of a live channel of these namespaces of which
     * the user is a member.
     */
    Set<UserId> sharing(UserId user, Collection<UserId> candidates, Set<String> namespaces);

    /**
     * At most {@code limit} users with whom the user shares a live direct channel, those of the
     * newest event first.
     */
    List<UserId> directs(UserId user, int limit);

    /**
     * A channel in a user's list. {@code unread} and {@code mentions} as in
     * {@link dev.dunlin.message.channel.ChannelDirectory.Entry}, {@code joined} as in
     * {@link dev.dunlin.message.channel.ChannelDirectory.Standing}. {@code newest} is the newest
     * message, null if there is none.
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
