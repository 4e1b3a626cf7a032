package dev.dunlin.message.postgres;

import dev.dunlin.message.search.SearchIndex;
import dev.dunlin.message.search.SearchText;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Column {@code search} of table {@code message}; table {@code search_renewal} keeps how far the
 * renewal has come. Rows that the writer has locked are left for {@link #renewLate}, so neither
 * waits for the other.
 */
public final class PostgresSearchIndex implements SearchIndex {
    private static final Logger LOG = Logger.getLogger(PostgresSearchIndex.class);

    /** A prefix of all channels' lexemes. */
    private static final String OF_BEFORE = "'" + SearchVector.MADE_BY_POSTGRES + "':*";

    private final Sql sql;

    public PostgresSearchIndex(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    /** How far it came. {@code seen} counts the rows that were looked at. */
    private record Renewal(String channel, long seq, long seen, boolean finished) {}

    /** A message and its new words. */
    private record Row(
            ChannelName channel, long seq, @Nullable String search) {}

    private record Place(String channel, long seq) {}

    @Override
    public long renew(int most) {
        return sql.inTransaction(connection -> {
            Renewal renewal = Sql.query(
                            connection,
                            "select channel, seq, seen, finished from search_renewal for update",
                            statement -> {},
                            row -> new Renewal(
                                    row.getString("channel"),
                                    row.getLong("seq"),
                                    row.getLong("seen"),
                                    row.getBoolean("finished")))
                    .getFirst();
            return renewal.finished() ? 0 : renewAfter(connection, renewal, most);
        });
    }

    private static long renewAfter(Connection connection, Renewal renewal, int most) throws SQLException {
        List<Place> places = Sql.query(
                connection,
                "select channel, seq from message where (channel, seq) > (?, ?) order by channel, seq limit ?",
                statement -> {
                    statement.setString(1, renewal.channel());
                    statement.setLong(2, renewal.seq());
                    statement.setInt(3, most);
                },
                row -> new Place(row.getString("channel"), row.getLong("seq")));
        boolean finished = places.size() < most;
        Place last = places.isEmpty() ? new Place(renewal.channel(), renewal.seq()) : places.getLast();
        put(
                connection,
                Sql.query(
                        connection,
                        "select channel, seq, data from message where (channel, seq) > (?, ?) and (channel, seq) <= (?, ?)"
                                // "is true" keeps the planner from the index of words, which would
                                // find all channels
                                + " and (search @@ ?::tsquery) is true and data is not null order by channel, seq for update skip locked",
                        statement -> {
                            statement.setString(1, renewal.channel());
                            statement.setLong(2, renewal.seq());
                            statement.setString(3, last.channel());
                            statement.setLong(4, last.seq());
                            statement.setString(5, OF_BEFORE);
                        },
                        PostgresSearchIndex::row));
        long seen = renewal.seen() + places.size();
        Sql.change(connection, "update search_renewal set channel = ?, seq = ?, seen = ?, finished = ?", statement -> {
            statement.setString(1, last.channel());
            statement.setLong(2, last.seq());
            statement.setLong(3, seen);
            statement.setBoolean(4, finished);
        });
        return finished ? 0 : Math.max(1, estimatedRows(connection) - seen);
    }

    @Override
    public int renewLate(int most) {
        return sql.inTransaction(connection -> {
            for (String scan : List.of("enable_seqscan", "enable_indexscan", "enable_indexonlyscan")) {
                // mostly there is nothing, and only the index of words knows that without reading
                // the table
                Sql.change(connection, "set local " + scan + " = off", statement -> {});
            }
            return put(
                    connection,
                    Sql.query(
                            connection,
                            "select channel, seq, data from message where search @@ ?::tsquery and data is not null limit ? for update skip locked",
                            statement -> {
                                statement.setString(1, OF_BEFORE);
                                statement.setInt(2, most);
                            },
                            PostgresSearchIndex::row));
        });
    }

    private static Row row(ResultSet row) throws SQLException {
        ChannelName channel = new ChannelName(row.getString("channel"));
        long seq = row.getLong("seq");
        return new Row(channel, seq, SearchVector.of(channel, text(channel, seq, row.getBytes("data"))));
    }

    private static String text(ChannelName channel, long seq, byte[] data) {
        try {
            return SearchText.of(Json.parse(data));
        } catch (InvalidInput e) {
            LOG.warnf("message %d of %s cannot be read and is not found: %s", seq, channel, e.getMessage());
            return "";
        }
    }

    private static int put(Connection connection, List<Row> rows) throws SQLException {
        Script script = new Script(connection);
        script.add(
                "update message m set search = k.search::tsvector from {rows} as k(channel, seq, search)"
                        + " where m.channel = k.channel and m.seq = k.seq",
                rows,
                Column.text(row -> row.channel().value()),
                Column.number(Row::seq),
                Column.text(Row::search));
        if (!script.isEmpty()) {
            script.execute();
        }
        return rows.size();
    }

    /** What the database's statistics say. */
    private static long estimatedRows(Connection connection) throws SQLException {
        return Sql.query(
                        connection,
                        "select reltuples::bigint from pg_class where oid = 'message'::regclass",
                        statement -> {},
                        row -> row.getLong(1))
                .getFirst();
    }
}
