package dev.dunlin.message.cassandra;

import dev.dunlin.message.command.StaleLog;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.Life;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.MessageState;
import dev.dunlin.message.sequencer.Touched;
import dev.dunlin.protocol.ChannelName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Loads what a batch depends on: the rows of the channels, everything else as of those rows, and
 * then the rows of the channels again. If they are the same, nothing was applied meanwhile, so
 * everything is one state. For one batch.
 */
final class StateLoader {
    private final Tables tables;
    private final Touched touched;
    private final ChannelReads reads;

    StateLoader(Tables tables, Touched touched) {
        this.tables = tables;
        this.touched = touched;
        this.reads = new ChannelReads(tables.channels().find(touched.channels()));
    }

    /** Throws {@link StaleLog} if a channel was changed meanwhile. */
    LogState load() {
        var members = reads.start(
                users(),
                Keys.OfUser::channel,
                (channel, key) -> tables.members().startState(channel, key.user()));
        var marks = reads.start(
                touched.marks(),
                Keys.OfUser::channel,
                (channel, key) -> tables.marks().start(channel, key.user()));
        ReactionLoader reactions = new ReactionLoader(tables, reads, touched.reactors());
        var messages = startMessages(touched.messages());
        messages.putAll(startMessages(messagesByClientId()));
        LogState state = new LogState(
                        states(),
                        ChannelReads.finish(members, MemberTable.Stored::state),
                        ChannelReads.finish(marks, mark -> Optional.of(mark.state())),
                        ChannelReads.finish(messages, Optional::of),
                        reactions.load(),
                        new ReplayedEvents(tables, reads).find(touched.records()))
                .startingIn(tables.cql().first());
        requireUnchanged();
        return state;
    }

    private Set<Keys.OfUser> users() {
        Set<Keys.OfUser> users = new LinkedHashSet<>(touched.users());
        for (ChannelName name : touched.owners()) {
            // Whether they still are owners is read as for every other member.
            reads.find(name)
                    .filter(channel -> channel.state().life() != Life.PURGED)
                    .ifPresent(channel ->
                            tables.members().owners(channel).forEach(owner -> users.add(new Keys.OfUser(name, owner))));
        }
        return users;
    }

    private Map<Keys.OfSeq, Pending<MessageState>> startMessages(Collection<Keys.OfSeq> keys) {
        return reads.start(
                keys, Keys.OfSeq::channel, (channel, key) -> tables.messages().startState(channel, key.seq()));
    }

    private List<Keys.OfSeq> messagesByClientId() {
        var seqs = reads.start(
                touched.clientIds(),
                Keys.OfClientId::channel,
                (channel, key) -> tables.clientIds().start(channel, key.sender(), key.id()));
        List<Keys.OfSeq> messages = new ArrayList<>();
        ChannelReads.finish(seqs, Optional::of).forEach((id, seq) -> messages.add(new Keys.OfSeq(id.channel(), seq)));
        return messages;
    }

    private Map<ChannelName, ChannelState> states() {
        Map<ChannelName, ChannelState> states = new HashMap<>();
        reads.channels().forEach((name, row) -> states.put(name, row.state()));
        return states;
    }

    private void requireUnchanged() {
        ChannelReads now = new ChannelReads(tables.channels().find(touched.channels()));
        for (ChannelName name : touched.channels()) {
            if (!applied(now, name).equals(applied(reads, name))) {
                throw new StaleLog(name + " was changed while it was loaded");
            }
        }
    }

    private static Optional<LogPosition> applied(ChannelReads rows, ChannelName name) {
        return rows.find(name).map(row -> row.state().applied());
    }
}
