package dev.dunlin.message.postgres;

import dev.dunlin.message.channel.ChannelDirectory;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.http.HeadList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Channels from PostgreSQL, each by one query. */
public final class PostgresChannelDirectory implements ChannelDirectory {
    private final Sql sql;

    public PostgresChannelDirectory(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public Optional<Entry> find(ChannelName channel, UserId user) {
        return sql
                .query(
                        "select " + Rows.CHANNEL_COLUMNS
                                + ", m.role, " + Unread.COLUMNS + " from channel c cross join (select ? as user_id) me"
                                + " left join member m on m.channel = c.name and m.user_id = me.user_id"
                                + " left join mark k on k.channel = c.name and k.user_id = me.user_id"
                                + Unread.join("me.user_id")
                                + " where c.name = ? and c.life = 'live'",
                        statement -> {
                            statement.setString(1, user.value());
                            statement.setString(2, channel.value());
                        },
                        row -> {
                            String role = row.getString("role");
                            return new Entry(
                                    Rows.channel(row),
                                    role == null ? null : Rows.role(role),
                                    row.getLong("read_seq"),
                                    row.getLong("unread"),
                                    row.getLong("mentioned"));
                        })
                .stream()
                .findFirst();
    }

    @Override
    public List<HeadList.Head> heads(Collection<ChannelName> channels) {
        return sql.query(
                "select name, epoch, head from channel where name = any(?) and life = 'live'",
                statement -> statement.setArray(
                        1,
                        statement
                                .getConnection()
                                .createArrayOf(
                                        "text",
                                        channels.stream()
                                                .map(ChannelName::value)
                                                .toArray())),
                row -> new HeadList.Head(
                        new ChannelName(row.getString("name")),
                        new Epoch(row.getString("epoch")),
                        row.getLong("head")));
    }
}
