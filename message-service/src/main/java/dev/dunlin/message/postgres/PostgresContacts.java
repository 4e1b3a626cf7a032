package dev.dunlin.message.postgres;

import dev.dunlin.message.contact.Contacts;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Blocks and contacts in PostgreSQL. */
public final class PostgresContacts implements Contacts {
    private static final Column<Pair> USERS = Column.text(pair -> pair.user().value());
    private static final Column<Pair> OTHERS = Column.text(pair -> pair.other().value());

    private final Sql sql;

    public PostgresContacts(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public void block(UserId user, UserId blocked, long since) {
        sql.run(connection -> Sql.change(
                connection,
                "insert into block (user_id, blocked, since) values (?, ?, ?) on conflict do nothing",
                statement -> {
                    statement.setString(1, user.value());
                    statement.setString(2, blocked.value());
                    statement.setLong(3, since);
                }));
    }

    @Override
    public void unblock(UserId user, UserId blocked) {
        sql.run(connection ->
                Sql.change(connection, "delete from block where user_id = ? and blocked = ?", statement -> {
                    statement.setString(1, user.value());
                    statement.setString(2, blocked.value());
                }));
    }

    @Override
    public List<Blocked> blocked(UserId user, @Nullable UserId after, int limit) {
        return sql.query(
                "select blocked, since from block where user_id = ? and blocked > ? order by blocked limit ?",
                statement -> {
                    statement.setString(1, user.value());
                    statement.setString(2, after == null ? "" : after.value());
                    statement.setInt(3, limit);
                },
                row -> new Blocked(new UserId(row.getString("blocked")), row.getLong("since")));
    }

    @Override
    public Set<Pair> blocking(Set<Pair> pairs) {
        return new HashSet<>(sql.query(
                "select b.user_id, b.blocked from unnest(?, ?) as q(user_id, blocked)"
                        + " join block b on b.user_id = q.user_id and b.blocked = q.blocked",
                statement -> {
                    USERS.many().bind(statement.getConnection(), statement, 1, pairs);
                    OTHERS.many().bind(statement.getConnection(), statement, 2, pairs);
                },
                row -> new Pair(new UserId(row.getString("user_id")), new UserId(row.getString("blocked")))));
    }

    @Override
    public Set<UserId> contacts(UserId user, Collection<UserId> candidates) {
        Map<ChannelName, UserId> direct = ChannelName.directs(user, candidates);
        return new HashSet<>(sql.query(
                "select k.user_id from unnest(?, ?) as k(channel, user_id)"
                        + " join channel c on c.name = k.channel and c.life = 'live'"
                        + " where exists (select 1 from event e where e.author = k.user_id and e.channel = k.channel)",
                statement -> {
                    statement.setArray(
                            1, Sql.texts(statement, direct.keySet().stream().map(ChannelName::value)));
                    statement.setArray(
                            2, Sql.texts(statement, direct.values().stream().map(UserId::value)));
                },
                row -> new UserId(row.getString("user_id"))));
    }
}
