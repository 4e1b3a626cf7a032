package dev.dunlin.message.cassandra;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.LoggedEvent;
import dev.dunlin.message.sequencer.MessageState;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Removes the data of deleted messages from the raw log: their own events and those of their edits
 * are written again without data. That happens before the channel's row is written, so that a crash
 * leaves no data behind. For one batch.
 *
 * @param appended the events of the batch
 */
record Redaction(Tables tables, PlannedChannels channels, Map<Keys.OfSeq, LoggedEvent> appended, Writes rows) {
    /** Blocks for the edits that earlier batches wrote. */
    void add(Keys.OfSeq key, MessageState message, List<Long> storedEdits) {
        ChannelRow channel = channels.after(key.channel());
        rows.add(tables.events().redact(channel, redacted(key, message)));
        Set<Long> edits = new LinkedHashSet<>(storedEdits);
        appended.forEach((at, logged) -> {
            if (at.channel().equals(key.channel())
                    && logged.event() instanceof ServerFrame.Edited edited
                    && edited.target() == key.seq()) {
                edits.add(at.seq());
            }
        });
        edits.forEach(seq -> findEdit(channel, seq)
                .ifPresent(edit -> rows.add(tables.events().redact(channel, redacted(seq, edit)))));
    }

    /**
     * An edit of this batch, or of one before. A row beyond the head was left by a crash; the batch
     * that reaches it writes it again.
     */
    private Optional<ServerFrame.Edited> findEdit(ChannelRow channel, long seq) {
        if (seq > channel.head()) {
            return Optional.empty();
        }
        LoggedEvent inBatch = appended.get(new Keys.OfSeq(channel.state().name(), seq));
        Optional<ServerFrame.LogEvent> event =
                inBatch != null ? Optional.of(inBatch.event()) : tables.events().find(channel, seq);
        return event.filter(ServerFrame.Edited.class::isInstance).map(ServerFrame.Edited.class::cast);
    }

    private static ServerFrame.Message redacted(Keys.OfSeq key, MessageState message) {
        return new ServerFrame.Message(
                key.channel(),
                key.seq(),
                message.id(),
                message.sender(),
                message.ts(),
                NullNode.getInstance(),
                message.replyTo(),
                null,
                true,
                null,
                null);
    }

    private static ServerFrame.Edited redacted(long seq, ServerFrame.Edited edit) {
        return new ServerFrame.Edited(
                edit.channel(), seq, edit.target(), edit.from(), edit.ts(), NullNode.getInstance(), null, true);
    }
}
