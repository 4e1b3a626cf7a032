package dev.dunlin.message.postgres;

import dev.dunlin.message.userdata.UserData;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What is held of a user, each list by an index that begins with the user. */
public final class PostgresUserData implements UserData {
    private static final String LIVE = " join channel c on c.name = x.channel and c.life = 'live'";

    private final Sql sql;

    public PostgresUserData(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public List<Belonging> belongings(UserId user, @Nullable ChannelName after, int limit) {
        return sql.query(
                "select x.channel, m.role, m.since, coalesce(k.read_seq, 0) as read_seq, coalesce(k.received_seq, 0) as received_seq"
                        + " from (select channel, user_id from member where user_id = ? union select channel, user_id from mark where user_id = ?) x"
                        + LIVE
                        + " left join member m on m.channel = x.channel and m.user_id = x.user_id"
                        + " left join mark k on k.channel = x.channel and k.user_id = x.user_id"
                        + " where x.channel > ? order by x.channel limit ?",
                statement -> {
                    statement.setString(1, user.value());
                    statement.setString(2, user.value());
                    statement.setString(3, after == null ? "" : after.value());
                    statement.setInt(4, limit);
                },
                row -> new Belonging(
                        new ChannelName(row.getString("channel")),
                        Rows.role(row),
                        Rows.nullableLong(row, "since"),
                        row.getLong("read_seq"),
                        row.getLong("received_seq")));
    }

    @Override
    public List<ServerFrame.Message> messages(UserId user, @Nullable Place after, int limit) {
        return sql.query(
                "select " + MessageRows.COLUMNS + " from event x" + LIVE
                        + " join message m on m.channel = x.channel and m.seq = x.seq and not m.deleted"
                        + " where x.author = ? and (x.channel, x.seq) > (?, ?) order by x.channel, x.seq limit ?",
                statement -> {
                    statement.setString(1, user.value());
                    statement.setString(2, after == null ? "" : after.channel().value());
                    statement.setLong(3, after == null ? 0 : after.seq());
                    statement.setInt(4, limit);
                },
                MessageRows::read);
    }

    @Override
    public List<Reaction> reactions(UserId user, @Nullable Reaction after, int limit) {
        return sql.query(
                // Without U+FE0F, which rows of before may have: that is how the next page begins.
                "select x.channel, x.target, replace(x.emoji, chr(65039), '') as emoji, min(x.ts) as ts from reaction x"
                        + LIVE
                        + " where x.user_id = ? and (x.channel, x.target) >= (?, ?)"
                        + " and (x.channel, x.target, replace(x.emoji, chr(65039), '')) > (?, ?, ?)"
                        + " group by 1, 2, 3 order by 1, 2, 3 limit ?",
                statement -> {
                    statement.setString(1, user.value());
                    for (int at = 2; at <= 4; at += 2) {
                        statement.setString(
                                at, after == null ? "" : after.channel().value());
                        statement.setLong(at + 1, after == null ? 0 : after.target());
                    }
                    statement.setString(6, after == null ? "" : after.emoji().value());
                    statement.setInt(7, limit);
                },
                row -> new Reaction(
                        new ChannelName(row.getString("channel")),
                        row.getLong("target"),
                        new Emoji(row.getString("emoji")),
                        row.getLong("ts")));
    }
}
