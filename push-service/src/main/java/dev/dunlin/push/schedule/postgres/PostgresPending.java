package dev.dunlin.push.schedule.postgres;

import static dev.dunlin.push.postgres.Arrays.utc;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.postgres.DeviceRow;
import dev.dunlin.push.postgres.Arrays;
import dev.dunlin.push.postgres.Database;
import dev.dunlin.push.preference.postgres.PreferencesColumn;
import dev.dunlin.push.provider.Providers.Room;
import dev.dunlin.push.schedule.Pending;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What devices are to show, in the tables {@code push_pending} and {@code push_message}. */
public final class PostgresPending implements Pending {
    /** Rows are locked before those are chosen for whose origin there is room. */
    private static final String CLAIM = """
            with due as materialized (
                select device_id, channel, origin, due_at from push_pending where due_at <= ? and origin <> all(?)
                order by due_at limit ? for update skip locked),
            ranked as (
                select device_id, channel, origin, row_number() over (partition by origin order by due_at) as place
                from due),
            chosen as (
                select device_id, channel from ranked left join unnest(?, ?) as known (origin, room) using (origin)
                where place <= coalesce(room, ?))
            update push_pending p set due_at = ?, in_flight = true, attempts = attempts + 1
            from chosen left join device d on d.id = chosen.device_id left join push_user u on u.user_id = d.user_id
            where p.device_id = chosen.device_id and p.channel = chosen.channel
            returning p.device_id, p.channel, p.epoch, p.origin, p.seqs, p.newest, p.count, p.mentioned, p.quiet,
                p.waiting, p.attempts, p.shown, d.sent_window, d.sent, coalesce(u.prefs, '{}') as preferences, %s""".formatted(DeviceRow.COLUMNS);

    private final Database database;
    private final Duration collapse;

    /**
     * A channel notifies a device once in {@code collapse}, except of a message that mentions its
     * user.
     */
    public PostgresPending(Database database, Duration collapse) {
        this.database = database;
        this.collapse = collapse;
    }

    /**
     * A transaction for each part, and rows in one order in each: several processes and
     * {@link #settle} lock the same rows.
     */
    @Override
    public void apply(Changes changes, Instant now) {
        if (!changes.messages().isEmpty()) {
            run(connection -> MessageRows.insert(connection, changes.messages(), now));
        }
        if (!changes.reads().isEmpty()) {
            run(connection -> PendingChanges.read(connection, changes.reads(), now));
        }
        if (!changes.deleted().isEmpty()) {
            run(connection -> PendingChanges.delete(connection, changes.deleted(), now));
        }
        if (!changes.additions().isEmpty()) {
            run(connection -> PendingChanges.add(connection, changes.additions(), collapse, now));
        }
    }

    private void run(Statements statements) {
        database.transact(connection -> {
            statements.run(connection);
            return statements;
        });
    }

    @FunctionalInterface
    private interface Statements {
        void run(Connection connection) throws SQLException;
    }

    @Override
    public Claims claim(Instant now, Duration lease, int most, Room room) {
        Map<Boolean, List<Map.Entry<String, Integer>>> byClosed =
                room.known().entrySet().stream().collect(Collectors.partitioningBy(origin -> origin.getValue() == 0));
        List<Map.Entry<String, Integer>> closed = byClosed.getOrDefault(true, List.of());
        List<Map.Entry<String, Integer>> open = byClosed.getOrDefault(false, List.of());
        return database.transact(connection -> {
            Claims claims = new Claims(new ArrayList<>(), new HashMap<>());
            List<Object[]> dropped = new ArrayList<>();
            try (PreparedStatement update = connection.prepareStatement(CLAIM)) {
                Arrays.of(connection, update)
                        .time(now)
                        .texts(closed, Map.Entry::getKey)
                        .value(most)
                        .texts(open, Map.Entry::getKey)
                        .longs(open, origin -> (long) origin.getValue())
                        .value(room.others())
                        .time(now.plus(lease));
                try (ResultSet rows = update.executeQuery()) {
                    while (rows.next()) {
                        read(rows, now, claims, dropped);
                    }
                }
            }
            drop(connection, dropped);
            return claims;
        });
    }

    /** A row that breaks a rule, or whose device is gone, must not block the others. */
    private static void read(ResultSet row, Instant now, Claims into, List<Object[]> dropped) throws SQLException {
        Object device = row.getObject("device_id");
        String channel = row.getString("channel");
        if (row.getObject("d_id") == null) {
            dropped.add(new Object[] {device, channel});
            return;
        }
        try {
            OffsetDateTime window = row.getObject("sent_window", OffsetDateTime.class);
            boolean current = window != null && window.toInstant().equals(now.truncatedTo(ChronoUnit.MINUTES));
            into.claimed()
                    .add(new Claimed(
                            DeviceRow.read(row),
                            PreferencesColumn.read(row.getString("preferences")),
                            new ChannelName(channel),
                            new Epoch(row.getString("epoch")),
                            row.getString("origin"),
                            List.of((Long[]) row.getArray("seqs").getArray()),
                            row.getLong("newest"),
                            row.getInt("count"),
                            row.getBoolean("mentioned"),
                            row.getBoolean("quiet"),
                            row.getObject("waiting", OffsetDateTime.class).toInstant(),
                            row.getInt("attempts"),
                            row.getLong("shown"),
                            current ? row.getInt("sent") : 0));
        } catch (IllegalArgumentException e) {
            dropped.add(new Object[] {device, channel});
            into.unreadable().put(device + " " + channel, String.valueOf(e.getMessage()));
        }
    }

    private static void drop(Connection connection, List<Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement delete =
                connection.prepareStatement("delete from push_pending where device_id = ? and channel = ?")) {
            for (Object[] row : rows) {
                delete.setObject(1, row[0]);
                delete.setObject(2, row[1]);
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    @Override
    public Optional<Instant> nextDue(Set<String> closed) {
        return database.transact(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select due_at from push_pending where due_at is not null and origin <> all(?) order by due_at limit 1")) {
                Arrays.of(connection, select).texts(List.copyOf(closed), origin -> origin);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next()
                            ? Optional.of(
                                    rows.getObject(1, OffsetDateTime.class).toInstant())
                            : Optional.empty();
                }
            }
        });
    }

    @Override
    public Map<Message.Key, Message> messages(Collection<Message.Key> keys) {
        return keys.isEmpty()
                ? Map.of()
                : database.transact(connection -> MessageRows.find(connection, List.copyOf(keys)));
    }

    @Override
    public void settle(List<Settled> settled, Instant now) {
        if (!settled.isEmpty()) {
            run(connection -> Settlements.write(connection, settled, collapse, now));
        }
    }

    @Override
    public int replay(Instant since, Collection<DeviceId> devices, Instant now) {
        return database.transact(connection -> {
            try (PreparedStatement update = connection.prepareStatement("""
                    update push_pending set due_at = ?, waiting = ?, attempts = 0, ended_by = null, changed_at = ?
                    where ended_by in ('given_up', 'rejected') and count > 0 and due_at is null and changed_at >= ?
                    and (cardinality(?::uuid[]) = 0 or device_id = any(?))""")) {
                List<DeviceId> these = List.copyOf(devices);
                Arrays.of(connection, update)
                        .time(now)
                        .time(now)
                        .time(now)
                        .time(since)
                        .devices(these, id -> id)
                        .devices(these, id -> id);
                return update.executeUpdate();
            }
        });
    }

    @Override
    public long count() {
        return database.transact(connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("select count(*) from push_pending where due_at is not null");
                    ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0L;
            }
        });
    }

    @Override
    public void forget(Instant before, Instant shownBefore) {
        database.transact(connection -> {
            try (PreparedStatement messages =
                            connection.prepareStatement("delete from push_message where decided_at < ?");
                    PreparedStatement rows = connection.prepareStatement("""
                            delete from push_pending where changed_at < ? and due_at is null
                            and (shown = 0 or changed_at < ?)""")) {
                messages.setObject(1, utc(before));
                rows.setObject(1, utc(before));
                rows.setObject(2, utc(shownBefore));
                return messages.executeUpdate() + rows.executeUpdate();
            }
        });
    }
}
