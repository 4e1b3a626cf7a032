package dev.dunlin.push.schedule.postgres;

import dev.dunlin.push.device.postgres.DeviceRow;
import dev.dunlin.push.postgres.Database;
import dev.dunlin.push.schedule.Pending;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Pending notifications in the table {@code notification}. */
public final class PostgresPending implements Pending {
    private static final String CLAIM = """
            with due as (
                select id from notification where done_at is null and due_at <= ?
                order by due_at limit ? for update skip locked)
            update notification n set due_at = ?, attempts = attempts + 1
            from due, device d where n.id = due.id and d.id = n.device_id
            returning %s, %s""".formatted(NotificationRow.COLUMNS, DeviceRow.COLUMNS);

    private final Database database;

    public PostgresPending(Database database) {
        this.database = database;
    }

    @Override
    public void apply(List<Cancellation> cancelled, List<Addition> added, Instant due) {
        if (cancelled.isEmpty() && added.isEmpty()) {
            return;
        }
        database.transact(connection -> {
            for (Cancellation cancellation : cancelled) {
                cancel(connection, cancellation);
            }
            add(connection, added, due);
            return added;
        });
    }

    private static void cancel(Connection connection, Cancellation cancellation) throws SQLException {
        switch (cancellation) {
            case Cancellation.ReadUpTo read -> {
                try (PreparedStatement delete = connection.prepareStatement("""
                        delete from notification
                        where channel = ? and epoch = ? and seq <= ? and user_id = ? and done_at is null""")) {
                    delete.setString(1, read.channel().value());
                    delete.setString(2, read.epoch().value());
                    delete.setLong(3, read.seq());
                    delete.setString(4, read.user().value());
                    delete.executeUpdate();
                }
            }
            case Cancellation.Deleted deleted -> {
                try (PreparedStatement delete = connection.prepareStatement("""
                        delete from notification
                        where channel = ? and epoch = ? and seq = ? and done_at is null""")) {
                    delete.setString(1, deleted.channel().value());
                    delete.setString(2, deleted.epoch().value());
                    delete.setLong(3, deleted.seq());
                    delete.executeUpdate();
                }
            }
        }
    }

    /**
     * Inserts by a select from {@code device}, so that a device that was removed meanwhile is no
     * error.
     */
    private static void add(Connection connection, List<Addition> added, Instant due) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into notification
                    (device_id, user_id, channel, epoch, seq, message_id, sender, sent_at, data, trace, due_at)
                select id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? from device where id = ?
                on conflict do nothing""")) {
            for (Addition addition : added) {
                NotificationRow.set(insert, addition.notification());
                insert.setObject(10, utc(due));
                insert.setObject(11, addition.device().value());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public Claims claim(Instant now, Duration lease, int most) {
        return database.transact(connection -> {
            Claims claims = new Claims(new ArrayList<>(), new HashMap<>());
            try (PreparedStatement update = connection.prepareStatement(CLAIM)) {
                update.setObject(1, utc(now));
                update.setInt(2, most);
                update.setObject(3, utc(now.plus(lease)));
                try (ResultSet rows = update.executeQuery()) {
                    while (rows.next()) {
                        read(rows, claims);
                    }
                }
            }
            if (!claims.unreadable().isEmpty()) {
                drop(connection, claims.unreadable().keySet(), now);
            }
            return claims;
        });
    }

    @Override
    public Optional<Instant> nextDue() {
        return database.transact(connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("select min(due_at) from notification where done_at is null");
                    ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.ofNullable(rows.getObject(1, OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)
                        : Optional.empty();
            }
        });
    }

    /** A row that breaks a rule must not block the others. */
    private static void read(ResultSet rows, Claims into) throws SQLException {
        long id = rows.getLong("n_id");
        try {
            into.claimed()
                    .add(new Claimed(id, DeviceRow.read(rows), NotificationRow.read(rows), rows.getInt("attempts")));
        } catch (IllegalArgumentException e) {
            into.unreadable().put(id, String.valueOf(e.getMessage()));
        }
    }

    private static void drop(Connection connection, Collection<Long> ids, Instant now) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update notification set done_at = ?, data = null where id = any(?)")) {
            update.setObject(1, utc(now));
            update.setArray(2, connection.createArrayOf("bigint", ids.toArray()));
            update.executeUpdate();
        }
    }

    @Override
    public void postpone(List<Claimed> claimed, Instant due) {
        database.transact(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update notification set due_at = ?, attempts = attempts - 1 where id = any(?)")) {
                update.setObject(1, utc(due));
                update.setArray(
                        2,
                        connection.createArrayOf(
                                "bigint", claimed.stream().map(Claimed::id).toArray()));
                return update.executeUpdate();
            }
        });
    }

    @Override
    public void finish(Claimed claimed, Instant now) {
        update("update notification set done_at = ?, data = null where id = ?", claimed, now);
    }

    @Override
    public void retry(Claimed claimed, Instant due) {
        update("update notification set due_at = ? where id = ?", claimed, due);
    }

    private void update(String sql, Claimed claimed, Instant time) {
        database.transact(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setObject(1, utc(time));
                update.setLong(2, claimed.id());
                return update.executeUpdate();
            }
        });
    }

    @Override
    public long count() {
        return database.transact(connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("select count(*) from notification where done_at is null");
                    ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0L;
            }
        });
    }

    @Override
    public void forgetFinished(Instant before) {
        database.transact(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from notification where done_at < ?")) {
                delete.setObject(1, utc(before));
                return delete.executeUpdate();
            }
        });
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
