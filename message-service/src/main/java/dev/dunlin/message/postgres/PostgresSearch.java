package dev.dunlin.message.postgres;

import dev.dunlin.message.search.Search;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.frame.ServerFrame;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/** PostgreSQL's full text, with the configuration {@code simple}: no stemming, so that all languages are alike. Lower case is made here and by the writer, since a database of locale C knows that of ASCII only. */
public final class PostgresSearch implements Search {
    private static final int MOST_SECONDS = 5;
    private static final String QUERY = "websearch_to_tsquery('simple'::regconfig, ?)";

    private final Sql sql;

    public PostgresSearch(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public Result search(ChannelName channel, String text, long from, long before, int limit) {
        String words = text.toLowerCase(Locale.ROOT);
        return sql.run(connection -> hasWords(connection, words)
                ? new Result.Found(find(connection, channel, words, from, before, limit))
                : new Result.Nothing());
    }

    private static boolean hasWords(Connection connection, String text) throws SQLException {
        return Sql.query(
                                connection,
                                "select numnode(" + QUERY + ")",
                                statement -> statement.setString(1, text),
                                row -> row.getInt(1))
                        .getFirst()
                > 0;
    }

    /** The channel is a word of each of its messages, so one index finds both. */
    private static List<ServerFrame.Message> find(
            Connection connection, ChannelName channel, String text, long from, long before, int limit)
            throws SQLException {
        return Sql.query(
                connection,
                "select " + MessageRows.COLUMNS
                        + " from message m where m.search @@ (quote_literal(chr(1) || ?)::tsquery && " + QUERY
                        + ") and m.channel = ? and m.seq >= ? and m.seq < ? order by m.seq desc limit ?",
                statement -> {
                    statement.setQueryTimeout(MOST_SECONDS);
                    statement.setString(1, channel.value());
                    statement.setString(2, text);
                    statement.setString(3, channel.value());
                    statement.setLong(4, from);
                    statement.setLong(5, before);
                    statement.setInt(6, limit);
                },
                MessageRows::read);
    }
}
