package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * How far retention has come in a channel. Each of the two has itself as its timestamp, so that it only grows.
 *
 * @param first the oldest seq that is left, 1 in a channel without retention
 * @param ids   the oldest seq whose client message id is left
 */
record Floor(long first, long ids) {
    private static final String SELECT = "select first_seq, ids_seq from $.retained where channel = ? and epoch = ?";
    private static final String FIRST =
            "update $.retained using timestamp ? set first_seq = ? where channel = ? and epoch = ?";
    private static final String IDS =
            "update $.retained using timestamp ? set ids_seq = ? where channel = ? and epoch = ?";

    static CompletableFuture<Floor> start(Cql cql, ChannelRow channel) {
        return cql.rows(cql.bind(SELECT, channel.name(), channel.epoch())).thenApply(Floor::of);
    }

    static Floor of(Cql cql, ChannelRow channel) {
        return Cql.await(start(cql, channel));
    }

    static void raiseFirst(Cql cql, ChannelRow channel, long first) {
        raise(cql, cql.bind(FIRST, first, first, channel.name(), channel.epoch()));
    }

    static void raiseIds(Cql cql, ChannelRow channel, long ids) {
        raise(cql, cql.bind(IDS, ids, ids, channel.name(), channel.epoch()));
    }

    private static void raise(Cql cql, BoundStatement statement) {
        Cql.await(cql.write(List.of(statement)));
    }

    private static Floor of(List<Row> rows) {
        return rows.isEmpty()
                ? new Floor(1, 1)
                : new Floor(
                        Math.max(1, rows.getFirst().getLong("first_seq")),
                        Math.max(1, rows.getFirst().getLong("ids_seq")));
    }
}
