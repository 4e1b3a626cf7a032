package dev.dunlin.message.cassandra;

import dev.dunlin.message.sequencer.Keys;
import dev.dunlin.message.sequencer.LoggedEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the events of records that were applied before. There are none unless a batch is seen
 * again, and then they are the channel's newest: they are found from the head down to the oldest of
 * those records.
 */
record ReplayedEvents(Tables tables, ChannelReads reads) {
    /** Blocks. */
    Map<Keys.OfRecord, LoggedEvent> find(Collection<Keys.OfRecord> records) {
        Map<ChannelRow, Long> oldest = new HashMap<>();
        for (Keys.OfRecord record : records) {
            reads.find(record.channel())
                    .filter(channel -> channel.state().applied().covers(record.position()))
                    .ifPresent(channel -> oldest.merge(channel, channel.versionOf(record.position()), Math::min));
        }
        Map<Keys.OfRecord, LoggedEvent> found = new HashMap<>();
        oldest.forEach((channel, version) -> find(channel, version, found));
        found.keySet().retainAll(records);
        return found;
    }

    private void find(ChannelRow channel, long oldest, Map<Keys.OfRecord, LoggedEvent> into) {
        for (long bucket = tables.buckets().of(channel.head()); bucket >= 0; bucket--) {
            List<EventTable.Stored> events = tables.events().newest(channel, bucket, oldest);
            if (events.isEmpty()) {
                return; // a log has no holes: what is older was removed
            }
            for (EventTable.Stored event : events) {
                if (event.version() < oldest) {
                    return;
                }
                LoggedEvent logged = event.logged();
                into.put(new Keys.OfRecord(channel.state().name(), logged.position()), logged);
            }
        }
    }
}
