package dev.dunlin.message.postgres;

import dev.dunlin.message.channel.ChannelDirectory;
import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.message.sequencer.Life;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.AccessQuery.Asked;
import dev.dunlin.protocol.http.HeadList;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Channels from PostgreSQL, each by one query. */
public final class PostgresChannelDirectory implements ChannelDirectory {
    /** Only members of direct channels block; a partial index holds those who do. */
    private static final String BLOCKED =
            "exists (select 1 from member o where o.channel = c.name and o.blocks) as blocked";

    private final Sql sql;
    private final Birth birth = new Birth();

    private record Former(Life life, Epoch epoch) {}

    public PostgresChannelDirectory(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public Optional<Entry> find(ChannelName channel, UserId user) {
        return sql
                .query(
                        "select " + Rows.CHANNEL_COLUMNS
                                + ", m.role, coalesce(m.joined, 0) as joined, " + BLOCKED + ", "
                                + Unread.COLUMNS
                                + " from channel c cross join (select ? as user_id) me"
                                + " left join member m on m.channel = c.name and m.user_id = me.user_id"
                                + " left join mark k on k.channel = c.name and k.user_id = me.user_id"
                                + Unread.join("me.user_id")
                                + " where c.name = ? and c.life = 'live'",
                        statement -> {
                            statement.setString(1, user.value());
                            statement.setString(2, channel.value());
                        },
                        row -> new Entry(
                                standing(Rows.channel(row), row), row.getLong("unread"), row.getLong("mentioned")))
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Epoch> epochToBe(ChannelName channel) {
        return sql.run(connection -> {
            Optional<Former> former = Sql.query(
                            connection,
                            "select life, epoch from channel where name = ?",
                            statement -> statement.setString(1, channel.value()),
                            row -> new Former(Rows.life(row.getString("life")), new Epoch(row.getString("epoch"))))
                    .stream()
                    .findFirst();
            return former.isEmpty()
                    ? Optional.of(birth.epoch(connection))
                    : former.filter(one -> one.life() == Life.PURGED).map(one -> ChannelState.next(one.epoch()));
        });
    }

    @Override
    public Map<Asked, Standing> standings(Collection<Asked> asked) {
        Map<Asked, Standing> standings = new HashMap<>();
        sql.query(
                        "select " + Rows.CHANNEL_COLUMNS
                                + ", q.user_id, m.role, coalesce(k.read_seq, 0) as read_seq, coalesce(m.joined, 0) as joined, "
                                + BLOCKED
                                + " from unnest(?, ?) as q(channel, user_id)"
                                + " join channel c on c.name = q.channel and c.life = 'live'"
                                + " left join member m on m.channel = c.name and m.user_id = q.user_id"
                                + " left join mark k on k.channel = c.name and k.user_id = q.user_id",
                        statement -> {
                            statement.setArray(
                                    1,
                                    Sql.texts(
                                            statement,
                                            asked.stream()
                                                    .map(one -> one.channel().value())));
                            statement.setArray(
                                    2,
                                    Sql.texts(
                                            statement,
                                            asked.stream().map(one -> one.user().value())));
                        },
                        row -> {
                            ChannelState channel = Rows.channel(row);
                            return Map.entry(
                                    new Asked(channel.name(), new UserId(row.getString("user_id"))),
                                    standing(channel, row));
                        })
                .forEach(entry -> standings.put(entry.getKey(), entry.getValue()));
        return standings;
    }

    private static Standing standing(ChannelState channel, ResultSet row) throws SQLException {
        return new Standing(
                channel, Rows.role(row), row.getLong("read_seq"), row.getLong("joined"), row.getBoolean("blocked"));
    }

    @Override
    public List<HeadList.Head> heads(Collection<ChannelName> channels) {
        return sql.query(
                "select name, epoch, head from channel where name = any(?) and life = 'live'",
                statement -> statement.setArray(
                        1, Sql.texts(statement, channels.stream().map(ChannelName::value))),
                row -> new HeadList.Head(
                        new ChannelName(row.getString("name")),
                        new Epoch(row.getString("epoch")),
                        row.getLong("head")));
    }
}
