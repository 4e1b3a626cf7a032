package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.message.history.Reactors;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Messages of one channel as they are now, with their reactions. */
final class MessageReader {
    /** Of one page of the driver. */
    static final int MOST_ROWS = 500;

    private static final String COLUMNS =
            "select seq, version, sender, client_id, ts, data, reply_to, edited, deleted, mentions from $.message"
                    + " where channel = ? and epoch = ? and bucket = ? and ";
    private static final String AFTER = COLUMNS + "seq > ? and seq <= ? order by seq asc";
    private static final String BEFORE = COLUMNS + "seq > ? and seq <= ?";
    private static final String REACTIONS = "select target, emoji, user_id, version, gone, seq from $.reaction"
            + " where channel = ? and epoch = ? and bucket = ? and target >= ? and target <= ?";

    private final Cql cql;
    private final Buckets buckets;
    private final ChannelRow channel;
    private final Newest newest;

    MessageReader(Cql cql, ChannelRow channel) {
        this.cql = cql;
        this.buckets = cql.buckets();
        this.channel = channel;
        this.newest = new Newest(cql, channel);
    }

    /** At most {@code limit} after a seq, oldest first. */
    List<Message> after(long seq, int limit) {
        List<Row> found = new ArrayList<>();
        long last = buckets.of(channel.head());
        boolean far = buckets.of(Math.max(seq, 0) + 1) < last;
        long from = Math.max(seq + 1, far ? Floor.of(cql, channel).ids() : 1);
        for (long bucket = buckets.of(from); bucket <= last && found.size() < limit; bucket++) {
            found.addAll(page(AFTER, bucket, seq, channel.head(), limit - found.size()));
        }
        return messages(found);
    }

    /** At most {@code limit} before a seq, the newest of them, oldest first. */
    List<Message> before(long seq, int limit) {
        List<Row> found = new ArrayList<>();
        long newestSeq = Math.min(seq - 1, channel.head());
        long first = newestSeq < 1 ? 0 : buckets.of(newestSeq);
        long last = first == 0 ? 0 : buckets.of(Floor.of(cql, channel).ids());
        for (long bucket = first; newestSeq >= 1 && bucket >= last && found.size() < limit; bucket--) {
            found.addAll(page(BEFORE, bucket, 0, newestSeq, limit - found.size()));
        }
        return messages(found.reversed());
    }

    Optional<Message> newest() {
        return before(Long.MAX_VALUE, 1).stream().findFirst();
    }

    private List<Row> page(String select, long bucket, long after, long last, int limit) {
        List<Row> rows = cql.read(
                cql.bind(select, channel.name(), channel.epoch(), bucket, after, last),
                Math.min(limit + limit / 4 + 1, MOST_ROWS),
                moreThan(limit));
        List<Row> messages = newest.of(rows, row -> row.getLong("seq"));
        return messages.size() > limit ? messages.subList(0, limit) : messages;
    }

    /** True at the first row that belongs to one message too many: all versions of those before have been read then. */
    private static Predicate<Row> moreThan(int limit) {
        long[] last = {-1};
        int[] seen = {0};
        return row -> {
            if (row.getLong("seq") != last[0]) {
                last[0] = row.getLong("seq");
                seen[0]++;
            }
            return seen[0] > limit;
        };
    }

    private List<Message> messages(List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<Long, Reactors> reactions =
                reactions(rows.getFirst().getLong("seq"), rows.getLast().getLong("seq"));
        return rows.stream()
                .map(row -> message(row, reactions.get(row.getLong("seq"))))
                .toList();
    }

    /** Those of the seqs that are messages, oldest first. */
    List<Message> of(List<Long> seqs) {
        return messages(seqs.stream()
                .flatMap(seq ->
                        page(AFTER, buckets.of(seq), seq - 1, seq, 1).stream().filter(row -> row.getLong("seq") == seq))
                .toList());
    }

    private Message message(Row row, @Nullable Reactors reactions) {
        boolean deleted = row.getBoolean("deleted");
        return new Message(
                channel.state().name(),
                row.getLong("seq"),
                new ClientMessageId(Columns.text(row, "client_id")),
                new UserId(Columns.text(row, "sender")),
                row.getLong("ts"),
                Columns.json(Columns.bytes(row, "data")),
                Columns.nullableLong(row, "reply_to"),
                deleted ? null : Columns.nullableLong(row, "edited"),
                deleted ? true : null,
                deleted || reactions == null ? null : reactions.byEmoji(),
                deleted ? null : mentions(row));
    }

    private static @Nullable List<UserId> mentions(Row row) {
        String stored = row.getString("mentions");
        return stored == null ? null : Columns.users(stored);
    }

    /** By message, in the order in which they were added. */
    private Map<Long, Reactors> reactions(long first, long last) {
        List<Row> rows = new ArrayList<>();
        for (long bucket = buckets.of(first); bucket <= buckets.of(last); bucket++) {
            rows.addAll(cql.read(
                    cql.bind(REACTIONS, channel.name(), channel.epoch(), bucket, first, last),
                    MOST_ROWS,
                    row -> false));
        }
        Map<Long, Reactors> byMessage = new HashMap<>();
        newest
                .of(
                        rows,
                        row -> List.of(row.getLong("target"), Columns.text(row, "emoji"), Columns.text(row, "user_id")))
                .stream()
                .filter(row -> !row.getBoolean("gone"))
                .sorted(Comparator.comparingLong(row -> row.getLong("seq")))
                .forEach(row -> byMessage
                        .computeIfAbsent(row.getLong("target"), none -> new Reactors())
                        .add(Columns.text(row, "emoji"), new UserId(Columns.text(row, "user_id"))));
        return byMessage;
    }
}
