package dev.dunlin.message.postgres;

import dev.dunlin.message.purge.DeletedChannels;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Deleted channels in PostgreSQL. While rows are removed, the row of the channel is locked against
 * the writer, so that the channel cannot be created again meanwhile.
 */
public final class PostgresDeletedChannels implements DeletedChannels {
    private static final List<String> TABLES = List.of("mark", "mention", "reaction", "message", "event");

    private final Sql sql;

    public PostgresDeletedChannels(DataSource dataSource) {
        this.sql = Sql.inBackground(dataSource);
    }

    @Override
    public List<Deleted> list(int limit) {
        return sql.query(
                "select name, epoch from channel where life = 'purging' order by name limit ?",
                statement -> statement.setInt(1, limit),
                row -> new Deleted(new ChannelName(row.getString("name")), new Epoch(row.getString("epoch"))));
    }

    @Override
    public Removed remove(Deleted channel, int most) {
        return sql.inTransaction(connection -> isStillDeleted(connection, channel)
                ? remove(connection, channel.channel(), most)
                : new Removed(List.of(), 0));
    }

    private static boolean isStillDeleted(Connection connection, Deleted channel) throws SQLException {
        return !Sql.query(
                        connection,
                        "select 1 from channel where name = ? and epoch = ? and life = 'purging' for share",
                        statement -> {
                            statement.setString(1, channel.channel().value());
                            statement.setString(2, channel.epoch().value());
                        },
                        row -> true)
                .isEmpty();
    }

    private static Removed remove(Connection connection, ChannelName channel, int most) throws SQLException {
        List<UserId> members = Sql.query(
                connection,
                "delete from member where channel = ? and user_id in (select user_id from member where channel = ? order by user_id limit ?) returning user_id",
                statement -> {
                    statement.setString(1, channel.value());
                    statement.setString(2, channel.value());
                    statement.setInt(3, most);
                },
                row -> new UserId(row.getString("user_id")));
        int rows = members.size();
        for (String table : TABLES) {
            if (rows < most) {
                int left = most - rows;
                rows += Sql.change(
                        connection,
                        "delete from " + table + " where ctid = any(array(select ctid from " + table
                                + " where channel = ? limit ?))",
                        statement -> {
                            statement.setString(1, channel.value());
                            statement.setInt(2, left);
                        });
            }
        }
        return new Removed(members, rows);
    }
}
