package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.PathSegment;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand.AddMember;
import dev.dunlin.protocol.kafka.ChannelCommand.ForgetMember;
import dev.dunlin.protocol.kafka.ChannelCommand.RemoveMember;
import dev.dunlin.protocol.kafka.Role;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Members who join and leave after a channel was created. Anybody joins an open channel. In a
 * channel that members read, the only owner needs a successor to leave or give up the role, else
 * nobody could manage it. A back end may leave such a channel without owners, and manages it then.
 */
final class MembershipChanges {
    private MembershipChanges() {}

    static Outcome add(Turn turn, AddMember add) {
        if (turn.direct()) {
            return fixed(turn);
        }
        boolean joins = turn.policy().open() && add.member().equals(turn.user()) && add.role() == Role.MEMBER;
        if (!joins && !turn.mayGovern()) {
            return turn.foreign();
        }
        if (turn.channel().archived()) {
            return turn.archived();
        }
        Keys.OfUser key = new Keys.OfUser(turn.name(), add.member());
        Optional<MemberState> existing = turn.state().members().find(key);
        if (existing.isPresent()) {
            return changeRole(turn, key, existing.get(), add);
        }
        if (PathSegment.isFolded(add.member().value())) {
            return turn.refuse(ErrorCode.BAD_REQUEST, "user: must not be . or ..");
        }
        CommandRecord record = turn.record();
        turn.state()
                .members()
                .put(key, new MemberState(add.role(), turn.ts(), turn.channel().head() + 1, false, record.position()));
        Marking.skip(turn, add.member(), turn.channel().head() + 1);
        return turn.append(
                seq -> new ServerFrame.MemberJoined(turn.name(), seq, add.member(), turn.user(), turn.ts()),
                turn.joined(add.member()));
    }

    /**
     * Owners remove anybody, everybody removes itself. For a user who is no member the notice is
     * repeated, since the first one may have been lost.
     */
    static Outcome remove(Turn turn, RemoveMember remove) {
        if (turn.direct()) {
            return fixed(turn);
        }
        UserId member = remove.member();
        if (!turn.mayGovern() && (!member.equals(turn.user()) || !turn.mayRead())) {
            return turn.foreign();
        }
        if (turn.member(member).isEmpty()) {
            return turn.unchanged(turn.left(member));
        }
        return passOn(turn, member, remove.successor())
                .orElseGet(() -> end(turn, new Keys.OfUser(turn.name(), member)));
    }

    /**
     * Removes what a channel knows of a user beside its messages; a direct channel's member too.
     */
    static Outcome forget(Turn turn, ForgetMember forget) {
        if (!turn.server()) {
            return turn.foreign();
        }
        Optional<Outcome> refusal = passOn(turn, forget.member(), forget.successor());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Keys.OfUser key = new Keys.OfUser(turn.name(), forget.member());
        boolean marked = turn.state().marks().find(key).isPresent();
        if (marked) {
            turn.state().marks().remove(key);
        }
        if (turn.state().members().find(key).isPresent()) {
            return end(turn, key);
        }
        return marked ? turn.change(turn.channel().touched(turn.record())) : turn.unchanged(turn.left(forget.member()));
    }

    private static Outcome end(Turn turn, Keys.OfUser key) {
        turn.state().members().remove(key);
        return turn.append(
                seq -> new ServerFrame.MemberLeft(turn.name(), seq, key.user(), turn.user(), turn.ts()),
                turn.left(key.user()));
    }

    /**
     * Makes the successor of the only owner an owner; a refusal if a successor is required and
     * missing.
     */
    private static Optional<Outcome> passOn(Turn turn, UserId owner, @Nullable UserId successor) {
        if (turn.policy().open() || !turn.isOnlyOwner(owner)) {
            return Optional.empty();
        }
        if (successor == null) {
            return turn.server()
                    ? Optional.empty()
                    : Optional.of(turn.refuse(
                            ErrorCode.CONFLICT,
                            owner + " is the only owner of " + turn.name()
                                    + ": name another member as successor, or archive it"));
        }
        Optional<MemberState> next = turn.member(successor);
        if (successor.equals(owner) || next.isEmpty()) {
            return Optional.of(turn.refuse(ErrorCode.CONFLICT, "successor: must be another member of " + turn.name()));
        }
        put(turn, new Keys.OfUser(turn.name(), successor), next.get(), Role.OWNER);
        return Optional.empty();
    }

    private static Outcome changeRole(Turn turn, Keys.OfUser key, MemberState existing, AddMember add) {
        if (existing.role() == add.role()) {
            return turn.unchanged();
        }
        Optional<Outcome> refusal = passOn(turn, key.user(), add.successor());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        put(turn, key, existing, add.role());
        return turn.change(turn.channel().touched(turn.record()));
    }

    private static void put(Turn turn, Keys.OfUser key, MemberState existing, Role role) {
        turn.state()
                .members()
                .put(
                        key,
                        new MemberState(
                                role,
                                existing.since(),
                                existing.joined(),
                                existing.blocks(),
                                turn.record().position()));
    }

    private static Outcome fixed(Turn turn) {
        return turn.refuse(ErrorCode.BAD_REQUEST, "the members of " + turn.name() + " are in its name");
    }
}
