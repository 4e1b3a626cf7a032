package dev.dunlin.message.postgres;

import dev.dunlin.message.membership.Memberships;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.MemberPage.Member;
import dev.dunlin.protocol.http.UnreadList;
import dev.dunlin.protocol.http.UnreadQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Memberships from PostgreSQL. A user's list of channels is one query, newest messages and marks
 * included.
 */
public final class PostgresMemberships implements Memberships {
    /**
     * For a user {@code u.id}. The user's last activity is one index lookup for each of its
     * channels; unread is counted only for those within the limit.
     */
    private static final String USED_LAST =
            "select m.channel, m.user_id, m.joined, c.active, greatest(own.ts, seen.ts) as used from member m"
                    + " join channel c on c.name = m.channel and not c.archived and c.life = 'live'"
                    + " left join mark k on k.channel = m.channel and k.user_id = m.user_id"
                    + " left join lateral (select e.ts from event e where e.author = m.user_id and e.channel = m.channel"
                    + " order by e.seq desc limit 1) own on true"
                    + " left join lateral (select e.ts from event e where e.channel = m.channel and e.seq = k.read_seq"
                    + " and k.read_seq > m.joined) seen on true"
                    + " where m.user_id = u.id order by used desc nulls last, c.active desc, m.channel limit ?";

    /** Materialized: each count is used twice and made once. */
    private static final String UNREAD =
            "with asked as (select * from unnest(?, ?) as q(user_id, channel)), counted as materialized ("
                    + "select own.user_id, c.name, unread.events from (select distinct user_id from asked) u"
                    + " join member own on own.user_id = u.user_id"
                    + " join channel c on c.name = own.channel and c.life = 'live'"
                    + " left join mark k on k.channel = own.channel and k.user_id = own.user_id"
                    + Unread.join("own.user_id")
                    + ") select asked.user_id, asked.channel, coalesce(sum(n.events), 0) as everywhere,"
                    + " coalesce(sum(n.events) filter (where n.name = asked.channel), 0) as there"
                    + " from asked left join counted n on n.user_id = asked.user_id"
                    + " group by asked.user_id, asked.channel";

    private static final Column<UserId> IDS = Column.text(UserId::value);

    private final Sql sql;

    public PostgresMemberships(DataSource dataSource) {
        this.sql = new Sql(dataSource);
    }

    @Override
    public Optional<Member> find(ChannelName channel, UserId user) {
        return sql
                .query(
                        "select user_id, role, since from member where channel = ? and user_id = ?",
                        statement -> {
                            statement.setString(1, channel.value());
                            statement.setString(2, user.value());
                        },
                        PostgresMemberships::member)
                .stream()
                .findFirst();
    }

    @Override
    public List<Member> page(ChannelName channel, @Nullable UserId after, int limit) {
        return sql.query(
                "select user_id, role, since from member where channel = ? and user_id > ? order by user_id limit ?",
                statement -> {
                    statement.setString(1, channel.value());
                    statement.setString(2, after == null ? "" : after.value());
                    statement.setInt(3, limit);
                },
                PostgresMemberships::member);
    }

    @Override
    public List<ServerFrame.Membership> ofUser(UserId user, int limit) {
        return Objects.requireNonNull(ofUsers(Set.of(user), limit).get(user));
    }

    /** One query for all of them: what it costs is for the most part the same for one. */
    @Override
    public Map<UserId, List<ServerFrame.Membership>> ofUsers(Set<UserId> users, int limit) {
        Map<UserId, List<ServerFrame.Membership>> found = new HashMap<>();
        users.forEach(user -> found.put(user, new ArrayList<>()));
        var unused = sql.query(
                "select u.id, c.name, c.epoch, c.head, m.joined, " + Unread.COLUMNS
                        + " from unnest(?) as u(id)"
                        + " cross join lateral (" + USED_LAST + ") m"
                        + " join channel c on c.name = m.channel"
                        + " left join mark k on k.channel = m.channel and k.user_id = m.user_id"
                        + Unread.join("m.user_id")
                        + " order by u.id, m.used desc nulls last, m.active desc, m.channel",
                statement -> {
                    IDS.many().bind(statement.getConnection(), statement, 1, users);
                    statement.setInt(2, limit);
                },
                row -> Objects.requireNonNull(found.get(new UserId(row.getString("id"))))
                        .add(new ServerFrame.Membership(
                                new ChannelName(row.getString("name")),
                                new Epoch(row.getString("epoch")),
                                row.getLong("head"),
                                row.getLong("read_seq"),
                                row.getLong("unread"),
                                row.getLong("mentioned"),
                                Rows.nullableLong(row, "joined"))));
        return found;
    }

    @Override
    public List<Summary> summaries(UserId user, @Nullable Place after, int limit) {
        return sql.query(
                "select " + Rows.CHANNEL_COLUMNS
                        + ", own.role, own.joined, " + Unread.COLUMNS + ", newest.* from member own"
                        + " join channel c on c.name = own.channel"
                        + " left join mark k on k.channel = own.channel and k.user_id = own.user_id"
                        + Unread.join("own.user_id")
                        + " left join lateral (select " + MessageRows.COLUMNS
                        + " from message m where m.channel = c.name and m.seq >= c.first order by m.seq desc limit 1) newest on true"
                        + " where own.user_id = ? and c.life = 'live' and (c.active < ? or (c.active = ? and c.name > ?))"
                        + " order by c.active desc, c.name limit ?",
                statement -> {
                    statement.setString(1, user.value());
                    statement.setLong(2, after == null ? Long.MAX_VALUE : after.active());
                    statement.setLong(3, after == null ? Long.MAX_VALUE : after.active());
                    statement.setString(4, after == null ? "" : after.channel().value());
                    statement.setInt(5, limit);
                },
                row -> new Summary(
                        Rows.channel(row),
                        Rows.role(row.getString("role")),
                        row.getLong("joined"),
                        row.getLong("read_seq"),
                        row.getLong("unread"),
                        row.getLong("mentioned"),
                        row.getString("channel") == null ? null : MessageRows.read(row)));
    }

    @Override
    public Map<UnreadQuery.Asked, UnreadList.Unread> unread(Set<UnreadQuery.Asked> asked) {
        Map<UnreadQuery.Asked, UnreadList.Unread> counted = new HashMap<>();
        var unused = sql.query(
                UNREAD,
                statement -> {
                    statement.setArray(
                            1,
                            Sql.texts(
                                    statement,
                                    asked.stream().map(one -> one.user().value())));
                    statement.setArray(
                            2,
                            Sql.texts(
                                    statement,
                                    asked.stream().map(one -> one.channel().value())));
                },
                row -> counted.put(
                        new UnreadQuery.Asked(
                                new UserId(row.getString("user_id")), new ChannelName(row.getString("channel"))),
                        new UnreadList.Unread(row.getLong("everywhere"), row.getLong("there"))));
        return counted;
    }

    @Override
    public Set<UserId> sharingDirect(UserId user, Collection<UserId> candidates) {
        Map<ChannelName, UserId> direct = ChannelName.directs(user, candidates);
        return new HashSet<>(sql.query(
                "select k.user_id from unnest(?, ?) as k(channel, user_id)"
                        + " join channel c on c.name = k.channel and c.life = 'live'"
                        + " join member other on other.channel = k.channel and other.user_id = k.user_id"
                        + " join member own on own.channel = k.channel and own.user_id = ?",
                statement -> {
                    statement.setArray(
                            1, Sql.texts(statement, direct.keySet().stream().map(ChannelName::value)));
                    statement.setArray(
                            2, Sql.texts(statement, direct.values().stream().map(UserId::value)));
                    statement.setString(3, user.value());
                },
                row -> new UserId(row.getString("user_id"))));
    }

    @Override
    public Set<UserId> sharing(UserId user, Collection<UserId> candidates, Set<String> namespaces) {
        return new HashSet<>(sql.query(
                "select k.user_id from unnest(?) as k(user_id) where exists (select 1 from member own"
                        + " join member other on other.channel = own.channel and other.user_id = k.user_id"
                        + " join channel c on c.name = own.channel and c.life = 'live'"
                        + " where own.user_id = ? and split_part(own.channel, ':', 1) = any(?))",
                statement -> {
                    statement.setArray(
                            1, Sql.texts(statement, candidates.stream().map(UserId::value)));
                    statement.setString(2, user.value());
                    statement.setArray(3, Sql.texts(statement, namespaces.stream()));
                },
                row -> new UserId(row.getString("user_id"))));
    }

    @Override
    public List<UserId> directs(UserId user, int limit) {
        return sql.query(
                "select other.user_id from member own"
                        + " join channel c on c.name = own.channel and c.life = 'live'"
                        + " join member other on other.channel = own.channel and other.user_id <> own.user_id"
                        + " where own.user_id = ? and split_part(own.channel, ':', 1) = ?"
                        + " order by c.active desc, c.name limit ?",
                statement -> {
                    statement.setString(1, user.value());
                    statement.setString(2, ChannelName.DIRECT);
                    statement.setInt(3, limit);
                },
                row -> new UserId(row.getString("user_id")));
    }

    private static Member member(ResultSet row) throws SQLException {
        return new Member(new UserId(row.getString("user_id")), Rows.role(row.getString("role")), row.getLong("since"));
    }
}
