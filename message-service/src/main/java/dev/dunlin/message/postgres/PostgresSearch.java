package dev.dunlin.message.postgres;

import dev.dunlin.message.search.Search;
import dev.dunlin.message.search.SearchQuery;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * PostgreSQL's index of {@code tsvector}s, made of the tokens of
 * {@link dev.dunlin.message.search.Tokenizer} without PostgreSQL's parsers and locale. Messages
 * that an earlier version indexed are found as that version found them until
 * {@link PostgresSearchIndex} indexes them again.
 */
public final class PostgresSearch implements Search {
    private static final int MOST_SECONDS = 5;

    /**
     * The query of earlier versions. Lower case is made here, since a database of locale C knows
     * only that of ASCII.
     */
    private static final String AS_BEFORE = "websearch_to_tsquery('simple'::regconfig, ?)";

    /**
     * The channel is a lexeme of each of its messages, so one index finds both; it also says who
     * made the others.
     */
    private static final String SQL = "select " + MessageRows.COLUMNS
            + " from message m where m.search @@ (?::tsquery || case when numnode(" + AS_BEFORE
            + ") = 0 then ''::tsquery else ?::tsquery && " + AS_BEFORE
            + " end) and m.channel = ? and m.seq >= ? and m.seq < ? order by m.seq desc limit ?";

    private final Sql sql;

    public PostgresSearch(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public Result search(ChannelName channel, String text, long from, long before, int limit) {
        Optional<SearchQuery> query = SearchQuery.read(text);
        return query.isEmpty()
                ? new Result.Nothing()
                : new Result.Found(find(channel, query.get(), text, from, before, limit));
    }

    private List<ServerFrame.Message> find(
            ChannelName channel, SearchQuery query, String text, long from, long before, int limit) {
        String asBefore = text.toLowerCase(Locale.ROOT);
        return sql.query(
                SQL,
                statement -> {
                    statement.setQueryTimeout(MOST_SECONDS);
                    statement.setString(1, TextQuery.of(channel, query));
                    statement.setString(2, asBefore);
                    statement.setString(3, SearchVector.channelLexeme(SearchVector.MADE_BY_POSTGRES, channel));
                    statement.setString(4, asBefore);
                    statement.setString(5, channel.value());
                    statement.setLong(6, from);
                    statement.setLong(7, before);
                    statement.setInt(8, limit);
                },
                MessageRows::read);
    }
}
