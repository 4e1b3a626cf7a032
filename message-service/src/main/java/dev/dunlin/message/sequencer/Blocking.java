package dev.dunlin.message.sequencer;

import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.kafka.ChannelCommand.Block;
import dev.dunlin.protocol.kafka.Role;
import java.util.List;
import java.util.Optional;

/**
 * Blocks between the two users of a direct channel. A block takes no seq, and nobody is notified. A
 * channel that a block creates has the blocking user as its only member, so that the other neither
 * finds nor opens it. The other becomes a member when the block ends, or a back end publishes
 * there.
 */
final class Blocking {
    private Blocking() {}

    static Outcome block(Turn turn, Block block) {
        if (!turn.direct()) {
            return turn.refuse(ErrorCode.BAD_REQUEST, turn.name() + " is not a direct channel");
        }
        if (!turn.name().directMembers().contains(turn.user())) {
            return turn.foreign();
        }
        Optional<MemberState> own = turn.member(turn.user());
        if (own.map(MemberState::blocks).orElse(false) == block.on()) {
            return turn.unchanged();
        }
        MemberState before = own.orElseGet(
                () -> new MemberState(Role.MEMBER, turn.ts(), turn.record().position()));
        turn.state()
                .members()
                .put(
                        new Keys.OfUser(turn.name(), turn.user()),
                        new MemberState(
                                before.role(),
                                before.since(),
                                before.joined(),
                                block.on(),
                                turn.record().position()));
        List<Outcome.Notice> notices = block.on() || turn.channel().head() > 0
                ? List.of()
                : Creation.join(turn.state(), turn.record(), turn.name().directMembers());
        return turn.change(turn.channel().touched(turn.record()), notices);
    }
}
