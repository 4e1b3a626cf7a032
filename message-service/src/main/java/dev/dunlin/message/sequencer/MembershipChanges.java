package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand.AddMember;
import dev.dunlin.protocol.kafka.ChannelCommand.ForgetMember;
import dev.dunlin.protocol.kafka.ChannelCommand.RemoveMember;
import dev.dunlin.protocol.kafka.Role;
import java.util.Optional;

/** Members who come and go after a channel was created. An open channel is joined by whoever wants to. */
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
            return changeRole(turn, key, existing.get(), add.role());
        }
        CommandRecord record = turn.record();
        turn.state().members().put(key, new MemberState(add.role(), turn.ts(), record.position()));
        Marking.skip(turn, add.member(), turn.channel().head() + 1);
        return turn.append(
                seq -> new ServerFrame.MemberJoined(turn.name(), seq, add.member(), turn.user(), turn.ts()),
                turn.joined(add.member()));
    }

    /** Owners remove anybody, everybody removes itself. */
    static Outcome remove(Turn turn, RemoveMember remove) {
        if (turn.direct()) {
            return fixed(turn);
        }
        UserId member = remove.member();
        if (!turn.mayGovern() && (!member.equals(turn.user()) || !turn.mayRead())) {
            return turn.foreign();
        }
        if (turn.member(member).isEmpty()) {
            return turn.unchanged();
        }
        return end(turn, new Keys.OfUser(turn.name(), member));
    }

    /** Removes what a channel knows of a user beside its messages; a direct channel's member too. */
    static Outcome forget(Turn turn, ForgetMember forget) {
        if (!turn.server()) {
            return turn.foreign();
        }
        Keys.OfUser key = new Keys.OfUser(turn.name(), forget.member());
        boolean marked = turn.state().marks().find(key).isPresent();
        if (marked) {
            turn.state().marks().remove(key);
        }
        if (turn.state().members().find(key).isPresent()) {
            return end(turn, key);
        }
        return marked ? turn.change(turn.channel().touched(turn.record())) : turn.unchanged();
    }

    private static Outcome end(Turn turn, Keys.OfUser key) {
        turn.state().members().remove(key);
        return turn.append(
                seq -> new ServerFrame.MemberLeft(turn.name(), seq, key.user(), turn.user(), turn.ts()),
                turn.left(key.user()));
    }

    private static Outcome changeRole(Turn turn, Keys.OfUser key, MemberState existing, Role role) {
        if (existing.role() == role) {
            return turn.unchanged();
        }
        LogPosition position = turn.record().position();
        turn.state().members().put(key, new MemberState(role, existing.since(), position));
        return turn.change(turn.channel().touched(turn.record()));
    }

    private static Outcome fixed(Turn turn) {
        return turn.refuse(ErrorCode.BAD_REQUEST, "the members of " + turn.name() + " are in its name");
    }
}
