package dev.dunlin.message.cassandra;

import dev.dunlin.message.sequencer.LoggedEvent;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Adds the rows of a batch's events. For one batch. */
final class EventRows {
    private final Tables tables;
    private final PlannedChannels channels;
    private final Writes rows;
    private final Set<List<Object>> authoredIn = new HashSet<>();

    EventRows(Tables tables, PlannedChannels channels, Writes rows) {
        this.tables = tables;
        this.channels = channels;
        this.rows = rows;
    }

    void add(LoggedEvent logged) {
        ServerFrame.LogEvent event = logged.event();
        ChannelRow channel = channels.after(event.channel());
        long version = channel.versionOf(logged.position());
        rows.add(tables.events().insert(channel, logged));
        rows.add(tables.authored().insert(channel, event, version));
        long bucket = tables.buckets().of(event.seq());
        if (authoredIn.add(List.of(event.channel(), event.by(), bucket))) {
            rows.add(tables.authoredIn().insert(channel, event, version));
        }
        if (event instanceof ServerFrame.Edited edited) {
            rows.add(tables.edits().insert(channel, edited, version));
        }
    }
}
