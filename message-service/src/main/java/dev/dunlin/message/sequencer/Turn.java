package dev.dunlin.message.sequencer;

import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.message.sequencer.Outcome.Notice;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * One command at its channel: who sent it, what that user may do, and the only way to append. A
 * channel that is created by its first use is written only when the command is not refused.
 */
final class Turn {
    private final LogState state;
    private final CommandRecord record;
    private final NamespacePolicy policy;
    private final ChannelState channel;
    private final boolean fresh;

    Turn(LogState state, CommandRecord record, NamespacePolicy policy, ChannelState channel, boolean fresh) {
        this.state = state;
        this.record = record;
        this.policy = policy;
        this.channel = channel;
        this.fresh = fresh;
    }

    LogState state() {
        return state;
    }

    CommandRecord record() {
        return record;
    }

    NamespacePolicy policy() {
        return policy;
    }

    ChannelState channel() {
        return channel;
    }

    ChannelName name() {
        return channel.name();
    }

    UserId user() {
        return record.command().user();
    }

    /**
     * The time of the command: that of its record, and never before the newest event of the
     * channel, so that times do not decrease along the log.
     */
    long ts() {
        return Math.max(record.ts(), channel.active());
    }

    /** A message that exists, has not expired, and is not hidden from the user. */
    Optional<MessageState> message(Keys.OfSeq key) {
        long from = server()
                ? 1
                : policy.from(member(user()).map(MemberState::joined).orElse(0L));
        return state.messages().find(key).filter(message -> key.seq() >= from && !policy.expired(message.ts(), ts()));
    }

    boolean direct() {
        return !name().directMembers().isEmpty();
    }

    boolean server() {
        return record.command().grant() == Grant.SERVER;
    }

    boolean mayRead() {
        return policy.mayRead(isMember(user()), server());
    }

    boolean mayPublish() {
        return policy.mayPublish(isMember(user()), record.command().grant()) && !blocked();
    }

    /**
     * Whether one of the two of a direct channel blocks the other. It does not concern a back end.
     */
    boolean blocked() {
        return !server() && blocks();
    }

    private boolean blocks() {
        return name().directMembers().stream()
                .anyMatch(one -> member(one).filter(MemberState::blocks).isPresent());
    }

    /** Whether the user may change the channel and its members. */
    boolean mayGovern() {
        return server() || member(user()).filter(m -> m.role() == Role.OWNER).isPresent();
    }

    Optional<MemberState> member(UserId of) {
        return state.members().find(new Keys.OfUser(name(), of));
    }

    /** Whether nobody else owns the channel. Known only of channels in {@link Touched#owners}. */
    boolean isOnlyOwner(UserId who) {
        return member(who).filter(m -> m.role() == Role.OWNER).isPresent()
                && !state.members()
                        .anyMatch((key, m) ->
                                key.channel().equals(name()) && !key.user().equals(who) && m.role() == Role.OWNER);
    }

    /**
     * Appends the event that {@code make} makes for the next seq. The first event of a direct
     * channel makes both users members, also where a block created it: then it is a back end's.
     */
    Outcome append(LongFunction<? extends ServerFrame.LogEvent> make, Notice... notices) {
        ServerFrame.LogEvent event = make.apply(channel.head() + 1);
        boolean opens = fresh || (channel.head() == 0 && blocks());
        List<Notice> all = new ArrayList<>(opens ? Creation.join(state, record, name().directMembers()) : List.of());
        all.addAll(List.of(notices));
        state.channels().put(name(), channel.withEvent(record, event.ts()));
        LoggedEvent logged = new LoggedEvent(event, Encoding.frame(event), record.position());
        state.append(logged);
        return new Outcome.Appended(channel.epoch(), logged, all);
    }

    Outcome change(ChannelState changed) {
        return change(changed, List.of());
    }

    Outcome change(ChannelState changed, List<Notice> notices) {
        state.channels().put(name(), changed);
        return new Outcome.Changed(changed.head(), ts(), notices);
    }

    Outcome unchanged(Notice... notices) {
        return new Outcome.Unchanged(channel.head(), ts(), List.of(notices));
    }

    Outcome refuse(ErrorCode code, String message) {
        return new Outcome.Refused(code, message);
    }

    /**
     * The outcome of a command for a deleted channel. Only those who could read it learn that it is
     * deleted.
     */
    Outcome gone() {
        return mayRead() ? refuse(ErrorCode.NOT_FOUND, "there is no channel " + name()) : foreign();
    }

    Outcome foreign() {
        if (blocked() && isMember(user())) {
            return refuse(ErrorCode.FORBIDDEN, "one of the two of " + name() + " blocks the other");
        }
        return refuse(ErrorCode.FORBIDDEN, NamespacePolicy.foreign(name()));
    }

    Outcome archived() {
        return refuse(ErrorCode.CONFLICT, name() + " is archived");
    }

    Notice joined(UserId who) {
        return new Notice(who, new UserNotice.Joined(name()));
    }

    Notice left(UserId who) {
        return new Notice(who, new UserNotice.Left(name()));
    }

    boolean isMember(UserId who) {
        return fresh ? name().directMembers().contains(who) : member(who).isPresent();
    }
}
