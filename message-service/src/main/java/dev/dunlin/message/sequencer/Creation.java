package dev.dunlin.message.sequencer;

import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.message.namespace.NamespacePolicy.Publish;
import dev.dunlin.message.sequencer.Outcome.Notice;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.PathSegment;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.kafka.ChannelCommand.CreateChannel;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.Role;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Creates channels. A group belongs to its creator. The name of a direct channel names its two
 * members. An open channel belongs to nobody, so only a back end manages it.
 */
public final class Creation {
    /** The most members of one command. */
    public static final int MOST_MEMBERS = 1_000;

    private Creation() {}

    static Outcome create(
            LogState state,
            CommandRecord record,
            NamespacePolicy policy,
            @Nullable ChannelState deleted,
            CreateChannel create) {
        Optional<Outcome> refusal = findRefusal(record, policy, create).or(() -> Title.findRefusal(create.title()));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        ChannelState channel = ChannelState.create(state, record, create.title(), deleted);
        state.channels().put(channel.name(), channel);
        if (!policy.open() && record.channel().directMembers().isEmpty()) {
            put(state, record, record.command().user(), Role.OWNER);
        }
        List<UserId> others = record.channel().directMembers().isEmpty()
                ? create.members()
                : record.channel().directMembers();
        join(state, record, others);
        return created(state, record, channel);
    }

    /** The outcome for the record that created the channel, the first time and again. */
    static Outcome created(LogState state, CommandRecord record, ChannelState channel) {
        return new Outcome.Changed(channel.head(), channel.created(), notices(state, record));
    }

    /** Makes users members, without events. */
    static List<Notice> join(LogState state, CommandRecord record, List<UserId> users) {
        users.forEach(user -> {
            if (state.members().find(new Keys.OfUser(record.channel(), user)).isEmpty()) {
                put(state, record, user, Role.MEMBER);
            }
        });
        return users.stream().map(user -> joined(record, user)).toList();
    }

    /** Whether a user's command may bring a channel to be that nobody created. */
    static boolean comesToBe(CommandRecord record, NamespacePolicy policy) {
        List<UserId> direct = record.channel().directMembers();
        return direct.isEmpty() ? policy.open() : isOneOf(direct, record);
    }

    private static Optional<Outcome> findRefusal(CommandRecord record, NamespacePolicy policy, CreateChannel create) {
        List<UserId> direct = record.channel().directMembers();
        boolean server = record.command().grant() == Grant.SERVER;
        if (hasDots(create.members())) {
            return refuse(ErrorCode.BAD_REQUEST, "members: must not hold . or ..");
        }
        if (!direct.isEmpty() && !isOneOf(direct, record)) {
            return refuse(ErrorCode.FORBIDDEN, NamespacePolicy.foreign(record.channel()));
        }
        if (!direct.isEmpty() && !direct.containsAll(create.members())) {
            return refuse(ErrorCode.BAD_REQUEST, "members: those of " + record.channel() + " are in its name");
        }
        boolean bare = create.title() == null && create.members().isEmpty();
        if (policy.publish() == Publish.SERVER && !bare && !server) {
            return refuse(ErrorCode.FORBIDDEN, "only a back end gives " + record.channel() + " a title or members");
        }
        return create.members().size() > MOST_MEMBERS
                ? refuse(ErrorCode.BAD_REQUEST, "members: must be at most " + MOST_MEMBERS + "; add more later")
                : Optional.empty();
    }

    /** Whether there are users whom no URL can name, so that nobody could remove them. */
    static boolean hasDots(List<UserId> users) {
        return users.stream().anyMatch(user -> PathSegment.isFolded(user.value()));
    }

    private static boolean isOneOf(List<UserId> direct, CommandRecord record) {
        return direct.contains(record.command().user()) || record.command().grant() == Grant.SERVER;
    }

    private static List<Notice> notices(LogState state, CommandRecord record) {
        if (!(record.command().operation() instanceof CreateChannel create)) {
            return List.of();
        }
        return Stream.of(
                        record.channel().directMembers(),
                        create.members(),
                        List.of(record.command().user()))
                .flatMap(List::stream)
                .distinct()
                .filter(user -> state.members()
                        .find(new Keys.OfUser(record.channel(), user))
                        .isPresent())
                .map(user -> joined(record, user))
                .toList();
    }

    private static Notice joined(CommandRecord record, UserId user) {
        return new Notice(user, new UserNotice.Joined(record.channel()));
    }

    private static void put(LogState state, CommandRecord record, UserId user, Role role) {
        state.members()
                .put(new Keys.OfUser(record.channel(), user), new MemberState(role, record.ts(), record.position()));
    }

    private static Optional<Outcome> refuse(ErrorCode code, String message) {
        return Optional.of(new Outcome.Refused(code, message));
    }
}
