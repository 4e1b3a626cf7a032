package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import dev.dunlin.protocol.UserId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes events of a channel with what belongs to the messages among them. The deletes carry the timestamp of the channel's row: what was written so far loses against them, whoever
 * writes it again late, and what is written later does not.
 */
final class Removal {
    private static final String EVENTS =
            "select author from $.event where channel = ? and epoch = ? and bucket = ? and seq >= ? and seq <= ?";
    private static final String MESSAGES = "select seq, version, sender, client_id, ts, mentions from $.message"
            + " where channel = ? and epoch = ? and bucket = ? and seq >= ? and seq <= ?";
    private static final String REACTIONS = "select target, emoji, user_id from $.reaction"
            + " where channel = ? and epoch = ? and bucket = ? and target >= ? and target <= ?";

    private static final String DROP_EVENTS = "delete from $.event using timestamp ?"
            + " where channel = ? and epoch = ? and bucket = ? and seq >= ? and seq <= ?";
    private static final String DROP_EDITS = "delete from $.edit using timestamp ?"
            + " where channel = ? and epoch = ? and bucket = ? and target >= ? and target <= ?";
    private static final String DROP_REACTIONS = "delete from $.reaction using timestamp ?"
            + " where channel = ? and epoch = ? and bucket = ? and target >= ? and target <= ?";
    private static final String DROP_REACTIONS_OF = "delete from $.reaction_of using timestamp ?"
            + " where user_id = ? and channel = ? and epoch = ? and target >= ? and target <= ?";
    private static final String DROP_AUTHORED = "delete from $.authored using timestamp ?"
            + " where channel = ? and epoch = ? and author = ? and bucket = ? and seq >= ? and seq <= ?";
    private static final String DROP_AUTHORED_IN =
            "delete from $.authored_in using timestamp ? where user_id = ? and channel = ? and epoch = ? and bucket = ?";
    private static final String DROP_MENTIONS = "delete from $.mention using timestamp ?"
            + " where user_id = ? and channel = ? and epoch = ? and seq >= ? and seq <= ?";
    private static final String DROP_MESSAGE =
            "delete from $.message using timestamp ? where channel = ? and epoch = ? and bucket = ? and seq = ?";
    private static final String DROP_DATA = "delete data, mentions from $.message using timestamp ?"
            + " where channel = ? and epoch = ? and bucket = ? and seq = ? and version = ?";
    private static final String DROP_CLIENT_ID = "delete from $.client_id using timestamp ?"
            + " where channel = ? and epoch = ? and sender = ? and client_id = ? and seq = ?";

    private final Cql cql;
    private final Buckets buckets;
    private final ChannelRow channel;
    private final long timestamp;

    Removal(Cql cql, ChannelRow channel) {
        this.cql = cql;
        this.buckets = cql.buckets();
        this.channel = channel;
        this.timestamp = Version.timestamp(channel.version()) + 1; // redacted frames carry that
    }

    /** Removes the events {@code first} to {@code last}. Of messages that happened at {@code idsBefore} or later the ids stay; the others go whole. Blocks. */
    void remove(long first, long last, long idsBefore) {
        for (long bucket = buckets.of(first); bucket <= buckets.of(last); bucket++) {
            Writes writes = new Writes(cql);
            authors(writes, bucket, first, last);
            reactions(writes, bucket, first, last);
            messages(writes, bucket, first, last, idsBefore);
            for (String drop : List.of(DROP_EVENTS, DROP_EDITS, DROP_REACTIONS)) {
                writes.add(
                        List.of("bucket", bucket),
                        cql.bind(drop, timestamp, channel.name(), channel.epoch(), bucket, first, last),
                        0);
            }
            writes.run();
        }
    }

    /** Removes what is left of messages that happened before {@code idsBefore}, from seq {@code from} up to before {@code end}; returns where to go on. Blocks. */
    long forgetIds(long from, long end, long idsBefore, int most) {
        long next = from;
        for (long bucket = buckets.of(from); bucket <= buckets.of(end - 1) && next < end; bucket++) {
            Writes writes = new Writes(cql);
            List<Row> rows = cql.read(
                    cql.bind(
                            MESSAGES + " order by seq asc limit " + most,
                            channel.name(),
                            channel.epoch(),
                            bucket,
                            next,
                            end - 1),
                    MessageReader.MOST_ROWS,
                    row -> row.getLong("ts") >= idsBefore);
            for (Row row : rows) {
                if (row.getLong("ts") >= idsBefore) {
                    writes.run();
                    return row.getLong("seq");
                }
                forget(writes, bucket, row);
                next = row.getLong("seq") + 1;
            }
            writes.run();
            if (rows.size() >= most) {
                return next;
            }
            next = Math.min(end, (bucket + 1) * buckets.size());
        }
        return next;
    }

    private void authors(Writes writes, long bucket, long first, long last) {
        Set<String> authors = new HashSet<>();
        for (Row row : read(EVENTS, bucket, first, last)) {
            authors.add(Columns.text(row, "author"));
        }
        boolean whole = last >= (bucket + 1) * buckets.size() - 1;
        authors.forEach(author -> {
            writes.add(
                    List.of("authored", author),
                    cql.bind(DROP_AUTHORED, timestamp, channel.name(), channel.epoch(), author, bucket, first, last),
                    0);
            if (whole) {
                writes.add(
                        List.of("user", author),
                        cql.bind(DROP_AUTHORED_IN, timestamp, author, channel.name(), channel.epoch(), bucket),
                        0);
            }
        });
    }

    private void reactions(Writes writes, long bucket, long first, long last) {
        Set<String> users = new HashSet<>();
        read(REACTIONS, bucket, first, last).forEach(row -> users.add(Columns.text(row, "user_id")));
        users.forEach(user -> writes.add(
                List.of("user", user),
                cql.bind(DROP_REACTIONS_OF, timestamp, user, channel.name(), channel.epoch(), first, last),
                0));
    }

    private void messages(Writes writes, long bucket, long first, long last, long idsBefore) {
        Set<UserId> mentioned = new HashSet<>();
        for (Row row : read(MESSAGES, bucket, first, last)) {
            String stored = row.getString("mentions");
            if (stored != null) {
                mentioned.addAll(Columns.users(stored));
            }
            if (row.getLong("ts") < idsBefore) {
                forget(writes, bucket, row);
            } else {
                writes.add(
                        List.of("bucket", bucket),
                        cql.bind(
                                DROP_DATA,
                                timestamp,
                                channel.name(),
                                channel.epoch(),
                                bucket,
                                row.getLong("seq"),
                                row.getLong("version")),
                        0);
            }
        }
        mentioned.forEach(user -> writes.add(
                List.of("mentions", user),
                cql.bind(DROP_MENTIONS, timestamp, user.value(), channel.name(), channel.epoch(), first, last),
                0));
    }

    private void forget(Writes writes, long bucket, Row message) {
        writes.add(
                List.of("bucket", bucket),
                cql.bind(DROP_MESSAGE, timestamp, channel.name(), channel.epoch(), bucket, message.getLong("seq")),
                0);
        writes.add(
                List.of("client id", message.getLong("seq")),
                cql.bind(
                        DROP_CLIENT_ID,
                        timestamp,
                        channel.name(),
                        channel.epoch(),
                        Columns.text(message, "sender"),
                        Columns.text(message, "client_id"),
                        message.getLong("seq")),
                0);
    }

    private List<Row> read(String select, long bucket, long first, long last) {
        return cql.read(
                cql.bind(select, channel.name(), channel.epoch(), bucket, first, last),
                MessageReader.MOST_ROWS,
                row -> false);
    }
}
