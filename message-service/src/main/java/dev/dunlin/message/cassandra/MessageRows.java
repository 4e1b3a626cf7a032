package dev.dunlin.message.cassandra;

import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.LogState;
import dev.dunlin.message.sequencer.LoggedEvent;
import dev.dunlin.message.sequencer.MessageState;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adds the rows of the messages that a batch changed. It first reads what it needs of those that
 * were there before. For one batch.
 */
final class MessageRows {
    private final Tables tables;
    private final LogState state;
    private final PlannedChannels channels;
    private final Writes rows;
    private final Writes replaced;
    private final Map<Keys.OfSeq, LoggedEvent> appended = new HashMap<>();
    private final Redaction redaction;

    MessageRows(Tables tables, LogState state, PlannedChannels channels, Writes rows, Writes replaced) {
        this.tables = tables;
        this.state = state;
        this.channels = channels;
        this.rows = rows;
        this.replaced = replaced;
        this.redaction = new Redaction(tables, channels, appended, rows);
        state.appended()
                .forEach(logged -> appended.put(
                        new Keys.OfSeq(logged.event().channel(), logged.event().seq()), logged));
    }

    /** Blocks for the reads. */
    void addAll() {
        Map<Keys.OfSeq, Pending<List<UserId>>> mentioned = new HashMap<>();
        Map<Keys.OfSeq, Pending<Long>> edits = new HashMap<>();
        changed().forEach((key, message) -> {
            ChannelRow channel = channels.after(key.channel());
            if (state.messages().before(key).isPresent()) {
                long version = channels.versionBefore(key.channel());
                mentioned.put(key, tables.messages().startMentions(channel, key.seq(), version));
            }
            if (message.deleted()) {
                edits.put(key, tables.edits().start(channel, key.seq()));
            }
        });
        Pending.awaitAll(mentioned.values());
        Pending.awaitAll(edits.values());
        changed().forEach((key, message) -> {
            addMessage(key, message);
            Pending<List<UserId>> before = mentioned.get(key);
            addMentions(key, message, before == null ? Optional.empty() : before.first());
            Pending<Long> edited = edits.get(key);
            if (edited != null) {
                redaction.add(key, message, edited.all());
            }
        });
    }

    private Map<Keys.OfSeq, MessageState> changed() {
        Map<Keys.OfSeq, MessageState> changed = new HashMap<>();
        state.messages().changes().forEach((key, change) -> change.ifPresent(message -> changed.put(key, message)));
        return changed;
    }

    private void addMessage(Keys.OfSeq key, MessageState message) {
        ChannelRow channel = channels.after(key.channel());
        rows.add(tables.messages().insert(channel, key.seq(), message));
        if (state.messages().before(key).isPresent()) {
            replaced.add(tables.messages().removeOlder(channel, key.seq()));
        } else {
            rows.add(tables.clientIds().insert(channel, key.seq(), message));
        }
    }

    /**
     * The sender does not count as mentioned. {@code before} is present if the message was there
     * before.
     */
    private void addMentions(Keys.OfSeq key, MessageState message, Optional<List<UserId>> before) {
        ChannelRow channel = channels.after(key.channel());
        Set<UserId> now = new LinkedHashSet<>(message.mentions());
        Set<UserId> all = new LinkedHashSet<>(now);
        before.ifPresent(all::addAll);
        appended.values().forEach(logged -> all.addAll(mentionedBy(logged.event(), key)));
        all.remove(message.sender());
        for (UserId user : all) {
            boolean gone = !now.contains(user);
            rows.add(tables.mentions().insert(channel, key.seq(), user, message.sender(), gone));
            if (before.isPresent()) {
                long below = gone ? channel.version() + 1 : channel.version();
                replaced.add(tables.mentions().removeOlder(channel, key.seq(), user, below));
            }
        }
    }

    /**
     * Whom an event of the batch mentions in that message. If a crash cut the batch elsewhere,
     * there may be rows of it.
     */
    private static List<UserId> mentionedBy(ServerFrame.LogEvent event, Keys.OfSeq message) {
        List<UserId> mentioned =
                switch (event) {
                    case ServerFrame.Message published when published.seq() == message.seq() -> published.mentions();
                    case ServerFrame.Edited edited when edited.target() == message.seq() -> edited.mentions();
                    default -> null;
                };
        return mentioned == null || !event.channel().equals(message.channel()) ? List.of() : mentioned;
    }
}
