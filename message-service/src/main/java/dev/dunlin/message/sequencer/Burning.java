package dev.dunlin.message.sequencer;

import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.frame.ServerFrame;

/**
 * Burns seqs that were published for an event which the store refused. Such a seq can neither be
 * reused nor left out. So the smallest possible event takes it: a {@code deleted} whose target is
 * its own seq, which no deletion of a message can be. It names the user who sent the command and
 * nothing of its content.
 */
final class Burning {
    private Burning() {}

    static Outcome burn(LogState state, CommandRecord record, NamespacePolicy policy, long announced) {
        ChannelState existing = state.channels().find(record.channel()).orElse(null);
        boolean fresh = existing == null || existing.life() == Life.PURGED;
        boolean possible = (existing == null || !existing.applied().covers(record.position()))
                && (!fresh || Creation.comesToBe(record, policy));
        ChannelState channel = fresh ? ChannelState.create(state, record, null, existing) : existing;
        if (!possible || channel == null || channel.head() + 1 != announced) {
            return new Outcome.Refused(ErrorCode.INTERNAL, "the command could not be carried out");
        }
        if (fresh) {
            Creation.join(state, record, record.channel().directMembers());
        }
        long ts = Math.max(record.ts(), channel.active());
        ServerFrame.Deleted event = new ServerFrame.Deleted(
                record.channel(), announced, announced, record.command().user(), ts);
        LoggedEvent logged = new LoggedEvent(event, Encoding.frame(event), record.position());
        state.channels().put(record.channel(), channel.withEvent(record, ts));
        state.append(logged);
        return new Outcome.Burnt(channel.epoch(), logged);
    }

    static boolean isBurnt(ServerFrame.LogEvent event) {
        return event instanceof ServerFrame.Deleted deleted && deleted.target() == deleted.seq();
    }
}
