package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.channel.ChannelDirectory.Standing;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When a user was last active in each of its channels: the time of its newest own event, or of the
 * event at its read mark if it moved that mark after it joined. Times do not fall along a channel, so
 * the higher seq is the later one. It reads one list of the user's, and up to two rows of each
 * channel, of all channels at once.
 */
final class OwnActivity {
    private static final String AUTHORED_IN = "select channel, epoch, bucket from $.authored_in where user_id = ?";
    private static final String NEWEST = "select seq from $.authored"
            + " where channel = ? and epoch = ? and author = ? and bucket = ? and seq <= ? order by seq desc limit 1";
    private static final String TIME =
            "select ts from $.event where channel = ? and epoch = ? and bucket = ? and seq = ?";

    private final Cql cql;
    private final UserId user;

    private OwnActivity(Cql cql, UserId user) {
        this.cql = cql;
        this.user = user;
    }

    /** In milliseconds since 1970; a channel in which the user did nothing is left out. */
    static Map<ChannelName, Long> of(Cql cql, UserId user, Map<ChannelRow, Supplier<Standing>> channels) {
        return new OwnActivity(cql, user).of(channels);
    }

    private Map<ChannelName, Long> of(Map<ChannelRow, Supplier<Standing>> channels) {
        Map<List<String>, Long> buckets = new HashMap<>();
        cql.read(cql.bind(AUTHORED_IN, user.value()), MessageReader.MOST_ROWS, row -> false)
                .forEach(row -> buckets.merge(
                        List.of(Columns.text(row, "channel"), Columns.text(row, "epoch")),
                        row.getLong("bucket"),
                        Math::max));
        Map<ChannelRow, Supplier<Long>> seqs = new HashMap<>();
        channels.forEach((channel, standing) ->
                seqs.put(channel, newest(channel, standing, buckets.get(List.of(channel.name(), channel.epoch())))));
        Map<ChannelName, CompletableFuture<List<Row>>> times = new HashMap<>();
        seqs.forEach((channel, request) -> {
            long seq = request.get();
            if (seq > 0) {
                times.put(
                        channel.state().name(),
                        cql.rows(cql.bind(
                                TIME,
                                channel.name(),
                                channel.epoch(),
                                cql.buckets().of(seq),
                                seq)));
            }
        });
        Cql.awaitAll(times.values());
        Map<ChannelName, Long> found = new HashMap<>();
        times.forEach(
                (name, rows) -> rows.join().stream().findFirst().ifPresent(row -> found.put(name, row.getLong("ts"))));
        return found;
    }

    /** The seq of what the user did last, 0 if it did nothing. The request starts now. */
    private Supplier<Long> newest(ChannelRow channel, Supplier<Standing> standing, @Nullable Long bucket) {
        CompletableFuture<List<Row>> own = bucket == null
                ? CompletableFuture.completedFuture(List.of())
                : cql.rows(cql.bind(NEWEST, channel.name(), channel.epoch(), user.value(), bucket, channel.head()));
        return () -> {
            Standing now = standing.get();
            long seen = now.read() > now.joined() ? now.read() : 0;
            return Cql.await(own).stream().mapToLong(row -> row.getLong("seq")).reduce(seen, Math::max);
        };
    }
}
