package dev.dunlin.push.member.postgres;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.postgres.DeviceRow;
import dev.dunlin.push.member.Members;
import dev.dunlin.push.member.Recipient;
import dev.dunlin.push.member.Recipient.Reached;
import dev.dunlin.push.postgres.Arrays;
import dev.dunlin.push.postgres.Database;
import dev.dunlin.push.preference.postgres.PreferencesColumn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Members in the tables {@code push_channel}, {@code push_member} and {@code push_user}. */
public final class PostgresMembers implements Members {
    private static final String REACHED =
            "d.id, d.user_id, d.prefs, " + DeviceRow.ORIGIN + " as origin, u.prefs as preferences ";

    private final Database database;

    public PostgresMembers(Database database) {
        this.database = database;
    }

    @Override
    public Set<ChannelName> loaded(Map<ChannelName, Epoch> channels) {
        if (channels.isEmpty()) {
            return Set.of();
        }
        return database.transact(connection -> {
            Set<ChannelName> loaded = new HashSet<>();
            try (PreparedStatement select =
                    connection.prepareStatement("select channel, epoch from push_channel where channel = any(?)")) {
                Arrays.of(connection, select).texts(channels.keySet());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        ChannelName channel = new ChannelName(rows.getString(1));
                        if (new Epoch(rows.getString(2)).equals(channels.get(channel))) {
                            loaded.add(channel);
                        }
                    }
                }
            }
            return loaded;
        });
    }

    @Override
    public void begin(ChannelName channel, Epoch epoch) {
        run(
                "delete from push_member where channel = ? and exists (select from push_channel where channel = ? and epoch <> ?)",
                channel.value(),
                channel.value(),
                epoch.value());
    }

    @Override
    public void store(ChannelName channel, Collection<UserId> users, long seq) {
        database.transact(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into push_member as m (channel, user_id, seq)
                    select ?, u.user_id, ? from push_user u where u.user_id = any(?) order by u.user_id
                    on conflict (channel, user_id) do update set seq = excluded.seq, gone = false
                    where m.seq < excluded.seq""")) {
                Arrays.of(connection, insert).value(channel.value()).value(seq).texts(users);
                return insert.executeUpdate();
            }
        });
    }

    @Override
    public void finish(ChannelName channel, Epoch epoch) {
        run(
                "insert into push_channel (channel, epoch) values (?, ?) on conflict (channel) do update set epoch = excluded.epoch",
                channel.value(),
                epoch.value());
    }

    @Override
    public void change(List<Change> changes) {
        database.transact(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    insert into push_member as m (channel, user_id, seq, gone)
                    select ?, user_id, ?, ? from push_user where user_id = ?
                    on conflict (channel, user_id) do update set seq = excluded.seq, gone = excluded.gone
                    where m.seq < excluded.seq""")) {
                for (Change change : changes) {
                    insert.setString(1, change.channel().value());
                    insert.setLong(2, change.seq());
                    insert.setBoolean(3, change.gone());
                    insert.setString(4, change.user().value());
                    insert.addBatch();
                }
                return insert.executeBatch();
            }
        });
    }

    @Override
    public Map<ChannelName, List<Recipient>> recipients(Collection<ChannelName> channels) {
        List<ChannelName> direct = new ArrayList<>();
        List<ChannelName> others = new ArrayList<>();
        channels.forEach(channel -> (channel.directMembers().isEmpty() ? others : direct).add(channel));
        return database.transact(connection -> {
            Map<ChannelName, List<Recipient>> found = new HashMap<>();
            if (!others.isEmpty()) {
                found.putAll(ofMembers(connection, others));
            }
            if (!direct.isEmpty()) {
                found.putAll(ofDirect(connection, direct));
            }
            return found;
        });
    }

    private static Map<ChannelName, List<Recipient>> ofMembers(Connection connection, List<ChannelName> channels)
            throws SQLException {
        Map<ChannelName, List<Recipient>> found = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select m.channel, " + REACHED + """
                 from push_member m join device d on d.user_id = m.user_id and d.disabled_at is null
                 join push_user u on u.user_id = m.user_id
                 where m.channel = any(?) and not m.gone order by m.channel, m.user_id""")) {
            Arrays.of(connection, select).texts(channels);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    add(
                            rows,
                            found.computeIfAbsent(new ChannelName(rows.getString("channel")), _ -> new ArrayList<>()));
                }
            }
        }
        return found;
    }

    private static Map<ChannelName, List<Recipient>> ofDirect(Connection connection, List<ChannelName> channels)
            throws SQLException {
        Map<UserId, Recipient> users = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("select " + REACHED + """
                 from device d join push_user u on u.user_id = d.user_id
                 where d.user_id = any(?) and d.disabled_at is null order by d.user_id""")) {
            Arrays.of(connection, select)
                    .texts(channels.stream()
                            .flatMap(channel -> channel.directMembers().stream())
                            .distinct()
                            .toList());
            List<Recipient> read = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    add(rows, read);
                }
            }
            read.forEach(one -> users.put(one.user(), one));
        }
        Map<ChannelName, List<Recipient>> found = new LinkedHashMap<>();
        channels.forEach(channel -> found.put(
                channel,
                channel.directMembers().stream()
                        .map(users::get)
                        .filter(one -> one != null)
                        .toList()));
        return found;
    }

    /** Adds a device to its user, whose devices come one after the other. */
    private static void add(ResultSet row, List<Recipient> to) throws SQLException {
        Reached device = new Reached(
                new DeviceId(row.getObject("id", UUID.class)),
                DeviceRow.prefs(row.getString("prefs")),
                row.getString("origin"));
        String user = row.getString("user_id");
        if (to.isEmpty() || !to.getLast().user().value().equals(user)) {
            to.add(new Recipient(
                    new UserId(user), PreferencesColumn.read(row.getString("preferences")), new ArrayList<>(1)));
        }
        to.getLast().devices().add(device);
    }

    @Override
    public boolean follow(UserId user) {
        return database.transact(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                            "insert into push_user (user_id) values (?) on conflict do nothing");
                    PreparedStatement select =
                            connection.prepareStatement("select from push_user where user_id = ? and loaded")) {
                insert.setString(1, user.value());
                insert.executeUpdate();
                select.setString(1, user.value());
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next();
                }
            }
        });
    }

    @Override
    public List<UserId> notLoaded(int most) {
        return database.transact(connection -> {
            List<UserId> users = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("""
                    select user_id from push_user u
                    where not loaded and exists (select from device d where d.user_id = u.user_id)
                    order by user_id limit ?""")) {
                select.setInt(1, most);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        users.add(new UserId(rows.getString(1)));
                    }
                }
            }
            return users;
        });
    }

    @Override
    public void store(UserId user, Map<ChannelName, Long> channels) {
        List<Map.Entry<ChannelName, Long>> rows = List.copyOf(channels.entrySet());
        database.transact(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                            insert into push_member as m (channel, user_id, seq)
                            select c.channel, ?, c.seq from unnest(?, ?) as c(channel, seq) order by c.channel
                            on conflict (channel, user_id) do update set seq = excluded.seq, gone = false
                            where m.seq < excluded.seq""");
                    PreparedStatement update =
                            connection.prepareStatement("update push_user set loaded = true where user_id = ?")) {
                Arrays.of(connection, insert)
                        .value(user.value())
                        .texts(rows, row -> row.getKey().value())
                        .longs(rows, Map.Entry::getValue);
                insert.executeUpdate();
                update.setString(1, user.value());
                return update.executeUpdate();
            }
        });
    }

    private void run(String sql, String... parameters) {
        database.transact(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setString(i + 1, parameters[i]);
                }
                return statement.executeUpdate();
            }
        });
    }
}
