package dev.dunlin.message.cassandra;

import dev.dunlin.message.history.History;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The log from Cassandra: the channel's row, and then its buckets one after the other, from where
 * the page begins. Nothing beyond the channel's head is shown.
 */
final class CassandraHistory implements History {
    private final Tables tables;

    CassandraHistory(Tables tables) {
        this.tables = tables;
    }

    @Override
    public List<ServerFrame.Message> messagesAfter(ChannelName channel, long seq, int limit) {
        return tables.channels()
                .find(channel)
                .map(row -> new MessageReader(tables, row).after(seq, limit))
                .orElse(List.of());
    }

    @Override
    public List<ServerFrame.Message> messagesBefore(ChannelName channel, long seq, int limit) {
        return tables.channels()
                .find(channel)
                .map(row -> new MessageReader(tables, row).before(seq, limit))
                .orElse(List.of());
    }

    @Override
    public Map<Place, ServerFrame.Message> messages(Set<Place> places) {
        ChannelReads channels = new ChannelReads(
                tables.channels().find(places.stream().map(Place::channel).collect(Collectors.toSet())));
        Map<Place, Pending<MessageTable.Stored>> reads = channels.start(
                places.stream()
                        .filter(place -> channels.find(place.channel())
                                .filter(row -> place.seq() <= row.head())
                                .isPresent())
                        .toList(),
                Place::channel,
                (row, place) -> tables.messages().start(row, place.seq()));
        Map<Place, ServerFrame.Message> found = new HashMap<>();
        ChannelReads.finish(reads, Optional::of)
                .forEach((place, stored) -> found.put(place, stored.message(place.channel(), null)));
        return found;
    }

    @Override
    public List<ServerFrame.LogEvent> events(ChannelName channel, long after, int limit) {
        return tables.channels()
                .find(channel)
                .map(row -> events(row, after, limit))
                .orElse(List.of());
    }

    private List<ServerFrame.LogEvent> events(ChannelRow row, long after, int limit) {
        List<ServerFrame.LogEvent> events = new ArrayList<>();
        Buckets buckets = tables.buckets();
        long last = buckets.of(row.head());
        long from = Math.max(after + 1, firstIfFarFrom(row, after, buckets));
        for (long bucket = buckets.of(from); bucket <= last && events.size() < limit; bucket++) {
            events.addAll(tables.events().after(row, bucket, after, limit - events.size()));
        }
        return events;
    }

    /** By halves: seqs are dense and times do not fall along them. */
    @Override
    public Optional<Long> firstEvent(ChannelName channel, long since) {
        Optional<ChannelRow> found = tables.channels().find(channel);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ChannelRow row = found.get();
        long low = tables.retained().find(row).first();
        long high = row.head() + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            Optional<Long> ts = tables.events().startTime(row, middle).first();
            if (ts.isPresent() && ts.get() >= since) {
                high = middle;
            } else {
                low = middle + 1; // also if it was removed meanwhile
            }
        }
        return low <= row.head() ? Optional.of(low) : Optional.empty();
    }

    /**
     * The oldest seq where the page may begin. Only a page that reaches over buckets may have to
     * skip what retention has removed.
     */
    private long firstIfFarFrom(ChannelRow row, long after, Buckets buckets) {
        return buckets.of(Math.max(after, 0) + 1) < buckets.of(row.head())
                ? tables.retained().find(row).first()
                : 1;
    }

    @Override
    public Optional<LogPosition> origin(ChannelName channel, long seq) {
        return tables.channels()
                .find(channel)
                .filter(row -> seq <= row.head())
                .flatMap(row -> tables.events().position(row, seq));
    }

    @Override
    public List<Receipt> receipts(ChannelName channel, @Nullable UserId after, int limit) {
        return tables.channels()
                .find(channel)
                .map(row -> tables.marks().page(row, after == null ? "" : after.value(), limit).stream()
                        .map(mark -> new Receipt(mark.user(), mark.read(row.head()), mark.received(row.head())))
                        .toList())
                .orElse(List.of());
    }
}
