package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.protocol.ChannelName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Of several versions of a thing the one that counts: the newest that the channel's row covers. A reader that was overtaken finds only newer ones, since a replaced
 * version is removed: it looks at the channel's row again then. What is beyond that too was left by a crash, and is not shown.
 */
final class Newest {
    private final Cql cql;
    private final ChannelRow channel;

    Newest(Cql cql, ChannelRow channel) {
        this.cql = cql;
        this.channel = channel;
    }

    /** One row for each key that has one, in the order in which the keys were found. */
    <K> List<Row> of(List<Row> rows, Function<Row, K> key) {
        Map<K, Optional<Row>> found = select(rows, key, channel.version());
        if (found.values().stream().anyMatch(Optional::isEmpty)) {
            Optional<ChannelRow> now = ChannelRow.find(cql, channel.state().name());
            if (now.isPresent() && now.get().epoch().equals(channel.epoch())) {
                found = select(rows, key, now.get().version());
            }
        }
        List<Row> newest = new ArrayList<>(found.size());
        found.values().forEach(row -> row.ifPresent(newest::add));
        return newest;
    }

    static ChannelName channelOf(Row row) {
        return new ChannelName(Columns.text(row, "channel"));
    }

    private static <K> Map<K, Optional<Row>> select(List<Row> rows, Function<Row, K> key, long covered) {
        Map<K, Optional<Row>> found = new LinkedHashMap<>();
        for (Row row : rows) {
            Optional<Row> candidate = Optional.of(row).filter(one -> one.getLong("version") <= covered);
            found.merge(
                    key.apply(row),
                    candidate,
                    (best, next) -> next.filter(one -> best.isEmpty()
                                            || one.getLong("version")
                                                    > best.get().getLong("version"))
                                    .isPresent()
                            ? next
                            : best);
        }
        return found;
    }
}
