package dev.dunlin.message.sequencer;

import dev.dunlin.message.namespace.NamespacePolicy;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.Optional;

/**
 * Seqs that were told for an event which the store refused. Such a seq can neither be given again nor left out, so the smallest event there is takes it: a {@code deleted}
 * whose target is its own seq, which no deletion of a message can be. It names who asked and nothing that was asked.
 */
final class Burning {
    private Burning() {}

    static Outcome burn(LogState state, CommandRecord record, NamespacePolicy policy, long told) {
        Optional<ChannelState> existing = state.channels().find(record.channel());
        ChannelState channel = existing.orElseGet(() -> ChannelState.create(record, null));
        boolean possible = existing.isPresent()
                ? !channel.applied().covers(record.position())
                : Creation.comesToBe(record, policy);
        if (!possible || channel.head() + 1 != told) {
            return new Outcome.Refused(ErrorCode.INTERNAL, "it could not be carried out");
        }
        if (existing.isEmpty()) {
            Creation.join(state, record, record.channel().directMembers());
        }
        ServerFrame.Deleted event = new ServerFrame.Deleted(
                record.channel(), told, told, record.command().user(), record.ts());
        LoggedEvent logged = new LoggedEvent(event, Encoding.frame(event), record.position());
        state.channels().put(record.channel(), channel.withEvent(record));
        state.append(logged);
        return new Outcome.Burnt(channel.epoch(), logged);
    }

    static boolean isBurnt(ServerFrame.LogEvent event) {
        return event instanceof ServerFrame.Deleted deleted && deleted.target() == deleted.seq();
    }
}
