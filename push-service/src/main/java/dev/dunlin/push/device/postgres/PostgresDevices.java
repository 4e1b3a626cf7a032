package dev.dunlin.push.device.postgres;

import dev.dunlin.protocol.UserId;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.DeviceLimits;
import dev.dunlin.push.device.Devices;
import dev.dunlin.push.device.NewDevice;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Devices in the table {@code device}. */
public final class PostgresDevices implements Devices {
    private final Database database;
    private final DeviceLimits limits;
    private final Registrations registrations;

    public PostgresDevices(Database database, DeviceLimits limits) {
        this.database = database;
        this.limits = limits;
        this.registrations = new Registrations(limits);
    }

    @Override
    public Registration register(NewDevice device, Instant now) {
        return database.transact(connection -> registrations.register(connection, device, now));
    }

    @Override
    public Optional<Device> find(UserId user, Target.Reachable target) {
        return database.transact(connection -> Registrations.find(connection, user, target));
    }

    @Override
    public List<Device> of(UserId user) {
        return database.transact(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select %s from device d where user_id = ? order by created_at, id".formatted(DeviceRow.COLUMNS))) {
                select.setString(1, user.value());
                return DeviceRow.all(select);
            }
        });
    }

    @Override
    public Change change(UserId user, DeviceId id, Prefs prefs) {
        return database.transact(connection -> {
            Registrations.lock(connection, user);
            if (DeviceBytes.after(connection, user, id, prefs) > limits.bytesPerUser()) {
                return new Change.TooLarge(limits.bytesPerUser());
            }
            try (PreparedStatement update = connection.prepareStatement(
                    "update device d set prefs = ?::jsonb where user_id = ? and id = ? returning "
                            + DeviceRow.COLUMNS)) {
                update.setString(1, Registrations.json(prefs));
                update.setString(2, user.value());
                update.setObject(3, id.value());
                return DeviceRow.all(update).stream()
                        .findFirst()
                        .<Change>map(Change.Changed::new)
                        .orElseGet(Change.Unknown::new);
            }
        });
    }

    @Override
    public boolean remove(UserId user, DeviceId id) {
        return deleteWhere("id = ? and user_id = ? for update", id.value(), user.value()) > 0;
    }

    @Override
    public int removeAll(UserId user) {
        return database.transact(connection -> {
            Registrations.lock(connection, user);
            int devices = deleteWhere(connection, "user_id = ? order by id for update", user.value());
            try (PreparedStatement delete = connection.prepareStatement("delete from push_user where user_id = ?")) {
                delete.setString(1, user.value());
                delete.executeUpdate();
            }
            return devices;
        });
    }

    @Override
    public boolean removeGone(DeviceId id, Optional<Instant> since) {
        return deleteWhere(
                        "id = ? and seen_at <= ? for update",
                        id.value(),
                        since.map(PostgresDevices::utc).orElse(OffsetDateTime.MAX))
                > 0;
    }

    @Override
    public int removeUnseen(Instant before, int most) {
        return deleteWhere("seen_at < ? order by seen_at limit ? for update skip locked", utc(before), most);
    }

    @Override
    public boolean notFound(DeviceId id, Instant now) {
        return database.transact(connection -> {
            try (PreparedStatement update = connection.prepareStatement("""
                    update device set not_found = not_found + 1, not_found_since = coalesce(not_found_since, ?)
                    where id = ? and disabled_at is null returning not_found, not_found_since""")) {
                update.setObject(1, utc(now));
                update.setObject(2, id.value());
                try (ResultSet row = update.executeQuery()) {
                    return row.next()
                            && exceeded(row.getInt(1), row.getObject(2, OffsetDateTime.class), now)
                            && disable(connection, id, now, row.getInt(1), row.getObject(2, OffsetDateTime.class));
                }
            }
        });
    }

    private boolean exceeded(int times, OffsetDateTime since, Instant now) {
        return times >= limits.notFoundLimit()
                && !since.toInstant().plus(limits.notFoundTime()).isAfter(now);
    }

    private static boolean disable(Connection connection, DeviceId id, Instant now, int times, OffsetDateTime since)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update device set disabled_at = ?, disabled_reason = ? where id = ?")) {
            update.setObject(1, utc(now));
            update.setString(2, reason(times, since));
            update.setObject(3, id.value());
            update.executeUpdate();
        }
        removeWaiting(connection, List.of(id.value()));
        return true;
    }

    private static String reason(int times, OffsetDateTime since) {
        return "answered 404 to %d notifications in a row, since %s"
                .formatted(times, since.toInstant().truncatedTo(ChronoUnit.SECONDS));
    }

    private int deleteWhere(String condition, @Nullable Object... parameters) {
        return database.transact(connection -> deleteWhere(connection, condition, parameters));
    }

    /** {@code condition} locks its rows, so that what it says still holds when they are deleted. */
    private static int deleteWhere(Connection connection, String condition, @Nullable Object... parameters)
            throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select id from device where " + condition)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return delete(connection, ids);
    }

    /** Deletes devices with what waits for them. Returns how many there were. */
    static int delete(Connection connection, Collection<UUID> ids) throws SQLException {
        if (ids.isEmpty()) {
            return 0;
        }
        removeWaiting(connection, ids);
        try (PreparedStatement delete = connection.prepareStatement("delete from device where id = any(?)")) {
            delete.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            return delete.executeUpdate();
        }
    }

    /** Removes what these devices are to show. */
    static void removeWaiting(Connection connection, Collection<UUID> ids) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from push_pending where device_id = any(?)")) {
            delete.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            delete.executeUpdate();
        }
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
