package dev.dunlin.message.postgres;

import dev.dunlin.message.retention.ExpiredRows;
import dev.dunlin.protocol.ChannelName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Removes expired rows, one channel in one transaction. Times do not decrease along a channel, so
 * the expired events are the beginning of its log, and only the oldest rows are read. The row of
 * the channel is changed last, so that the writer does not wait for long.
 */
public final class PostgresExpiredRows implements ExpiredRows {
    private static final int CHANNELS = 500;

    private final Sql sql;
    private final Birth birth = new Birth();

    public PostgresExpiredRows(DataSource dataSource) {
        this.sql = Sql.inBackground(dataSource);
    }

    /** A channel: whether it has expired events, and expired ids. */
    private record Candidate(ChannelName channel, boolean events, boolean ids) {}

    @Override
    public Progress remove(String namespace, @Nullable ChannelName after, long beforeMs, long idsBeforeMs, int most) {
        List<Candidate> page = candidates(namespace, after, beforeMs, idsBeforeMs);
        int left = most;
        @Nullable ChannelName done = after;
        for (Candidate candidate : page) {
            if (candidate.events()) {
                int budget = left;
                left -= sql.inTransaction(
                        connection -> removeEvents(connection, candidate.channel(), beforeMs, idsBeforeMs, budget));
                if (left <= 0) {
                    // Perhaps there is more of it: begin with this channel again.
                    return new Progress(most, true, done);
                }
            }
            if (candidate.ids()) {
                sql.inTransaction(connection -> forgetIds(connection, candidate.channel(), idsBeforeMs, most));
            }
            done = candidate.channel();
        }
        return new Progress(most - left, page.size() == CHANNELS, done);
    }

    /**
     * The writer's fence finds that a row is gone, and re-sequences what it has for that channel. A
     * channel that was created again after a purge stays: its row says which epochs are used up.
     */
    @Override
    public int removeUnwritten(String namespace, long beforeMs, int most) {
        return sql.run(connection -> {
            String first = birth.epoch(connection).value();
            return Sql.query(
                            connection,
                            "with gone as (select name from channel c where head = 0 and life = 'live' and created < ?"
                                    + " and name > ? and name < ? and title is null and not archived"
                                    + " and (length(epoch), epoch collate \"C\") <= (length(?), ? collate \"C\")"
                                    + " and not exists (select 1 from mark k where k.channel = c.name)"
                                    + " and (? = 'dm' or not exists (select 1 from member m where m.channel = c.name))"
                                    + " and not exists (select 1 from member m where m.channel = c.name and m.blocks)"
                                    + " limit ? for update skip locked),"
                                    + " members as (delete from member m using gone where m.channel = gone.name)"
                                    + " delete from channel c using gone where c.name = gone.name returning c.name",
                            statement -> {
                                statement.setLong(1, beforeMs);
                                statement.setString(2, namespace + ":");
                                statement.setString(3, namespace + ";"); // the character after the colon
                                statement.setString(4, first);
                                statement.setString(5, first);
                                statement.setString(6, namespace);
                                statement.setInt(7, most);
                            },
                            row -> row.getString(1))
                    .size();
        });
    }

    private List<Candidate> candidates(String namespace, @Nullable ChannelName after, long beforeMs, long idsBeforeMs) {
        return sql.query(
                "select c.name, coalesce((select e.ts < ? from event e where e.channel = c.name and e.seq >= c.first order by e.seq limit 1), false) as events,"
                        + " coalesce((select m.ts < ? and m.seq < c.first from message m where m.channel = c.name order by m.seq limit 1), false) as ids"
                        + " from channel c where c.name > ? and c.name < ? and c.life = 'live' order by c.name limit ?",
                statement -> {
                    statement.setLong(1, beforeMs);
                    statement.setLong(2, idsBeforeMs);
                    statement.setString(3, after == null ? namespace + ":" : after.value());
                    statement.setString(4, namespace + ";"); // the character after the colon
                    statement.setInt(5, CHANNELS);
                },
                row -> new Candidate(
                        new ChannelName(row.getString("name")), row.getBoolean("events"), row.getBoolean("ids")));
    }

    private static int removeEvents(
            Connection connection, ChannelName channel, long beforeMs, long idsBeforeMs, int most) throws SQLException {
        Long last = Sql.query(
                        connection,
                        "select max(seq) as last from (select e.seq, e.ts from event e join channel c on c.name = e.channel"
                                + " where e.channel = ? and e.seq >= c.first order by e.seq limit ?) oldest where ts < ?",
                        statement -> {
                            statement.setString(1, channel.value());
                            statement.setInt(2, most);
                            statement.setLong(3, beforeMs);
                        },
                        row -> Optional.ofNullable(Rows.nullableLong(row, "last")))
                .getFirst()
                .orElse(null);
        if (last == null) {
            return 0;
        }
        int removed = change(connection, "delete from event where channel = ? and seq <= ?", channel, last);
        change(connection, "delete from mention where channel = ? and seq <= ?", channel, last);
        change(connection, "delete from reaction where channel = ? and target <= ?", channel, last);
        change(connection, "delete from message where channel = ? and seq <= ? and ts < ?", channel, last, idsBeforeMs);
        change(
                connection,
                "update message set data = null, mentions = null, search = null where channel = ? and seq <= ? and data is not null",
                channel,
                last);
        Sql.change(connection, "update channel set first = greatest(first, ? + 1) where name = ?", statement -> {
            statement.setLong(1, last);
            statement.setString(2, channel.value());
        });
        return removed;
    }

    private static int forgetIds(Connection connection, ChannelName channel, long idsBeforeMs, int most)
            throws SQLException {
        return Sql.change(
                connection,
                "delete from message m where m.channel = ? and m.seq in (select o.seq from message o join channel c on c.name = o.channel"
                        + " where o.channel = ? and o.seq < c.first and o.ts < ? order by o.seq limit ?)",
                statement -> {
                    statement.setString(1, channel.value());
                    statement.setString(2, channel.value());
                    statement.setLong(3, idsBeforeMs);
                    statement.setInt(4, most);
                });
    }

    private static int change(Connection connection, String statementText, ChannelName channel, long... numbers)
            throws SQLException {
        return Sql.change(connection, statementText, statement -> {
            statement.setString(1, channel.value());
            for (int i = 0; i < numbers.length; i++) {
                statement.setLong(i + 2, numbers[i]);
            }
        });
    }
}
