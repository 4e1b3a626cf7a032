package dev.dunlin.push.device.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.Devices;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Devices in the table {@code device}. */
public final class PostgresDevices implements Devices {
    private static final String TARGET_BYTES =
            "octet_length(endpoint) + octet_length(coalesce(secret, '')) + octet_length(coalesce(p256dh, '')) + octet_length(coalesce(auth, ''))";
    private static final String PREFS_BYTES = "octet_length(prefs::text)";

    private final Database database;
    private final int mostPerUser;
    private final int mostBytesPerUser;

    /**
     * Limits each user to {@code mostPerUser} devices, and to {@code mostBytesPerUser} for all of
     * them: URLs, keys and preferences as they are stored.
     */
    public PostgresDevices(Database database, int mostPerUser, int mostBytesPerUser) {
        this.database = database;
        this.mostPerUser = mostPerUser;
        this.mostBytesPerUser = mostBytesPerUser;
    }

    @Override
    public Registration register(UserId user, Target.Reachable target, Optional<Prefs> prefs, Instant now) {
        return database.transact(connection -> {
            lock(connection, user);
            takeOver(connection, user, target);
            if (bytesKept(connection, user, target, prefs) + bytes(target) + bytes(prefs) > mostBytesPerUser) {
                return new Registration.TooLarge(mostBytesPerUser);
            }
            Optional<Device> renewed = renew(connection, user, target, prefs);
            if (renewed.isPresent()) {
                return new Registration.Renewed(renewed.get());
            }
            if (devices(connection, List.of(user)).size() >= mostPerUser) {
                return new Registration.TooMany(mostPerUser);
            }
            DeviceId id = new DeviceId(UUID.randomUUID());
            Prefs wanted = prefs.orElse(Prefs.NONE);
            insert(connection, id, user, target, wanted, now);
            return new Registration.Created(new Device(id, user, target, wanted, now));
        });
    }

    /**
     * Allows one registration of a user at a time, so that the limit holds and an existing endpoint
     * is found.
     */
    private static void lock(Connection connection, UserId user) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_advisory_xact_lock(hashtextextended('device:' || ?, 0))")) {
            lock.setString(1, user.value());
            lock.execute();
        }
    }

    private static void takeOver(Connection connection, UserId user, Target.Reachable target) throws SQLException {
        if (target instanceof Target.WebPush browser) {
            try (PreparedStatement delete = connection.prepareStatement(
                    "delete from device where kind = 'webpush' and endpoint = ? and auth = ? and user_id <> ?")) {
                delete.setString(1, browser.endpoint().toString());
                delete.setString(2, browser.keys().auth());
                delete.setString(3, user.value());
                delete.executeUpdate();
            }
        }
    }

    private static Optional<Device> renew(
            Connection connection, UserId user, Target.Reachable target, Optional<Prefs> prefs) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update device d set kind = ?, secret = ?, p256dh = ?, auth = ?, prefs = coalesce(?::jsonb, prefs)
                where user_id = ? and endpoint = ? returning %s""".formatted(DeviceRow.COLUMNS))) {
            setTarget(update, 1, target);
            update.setString(5, prefs.map(PostgresDevices::json).orElse(null));
            update.setString(6, user.value());
            update.setString(7, target.address());
            return read(update).stream().findFirst();
        }
    }

    private static void insert(
            Connection connection, DeviceId id, UserId user, Target.Reachable target, Prefs prefs, Instant now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into device (kind, secret, p256dh, auth, prefs, user_id, endpoint, id, created_at)
                values (?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)""")) {
            setTarget(insert, 1, target);
            insert.setString(5, json(prefs));
            insert.setString(6, user.value());
            insert.setString(7, target.address());
            insert.setObject(8, id.value());
            insert.setObject(9, now.atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    private static void setTarget(PreparedStatement statement, int first, Target.Reachable target) throws SQLException {
        statement.setString(first, target.kind());
        statement.setString(first + 1, target instanceof Target.Webhook hook ? hook.secret() : null);
        statement.setString(
                first + 2,
                target instanceof Target.WebPush browser ? browser.keys().p256dh() : null);
        statement.setString(
                first + 3,
                target instanceof Target.WebPush browser ? browser.keys().auth() : null);
    }

    @Override
    public List<Device> of(UserId user) {
        return ofAll(List.of(user));
    }

    @Override
    public List<Device> ofAll(Collection<UserId> users) {
        return users.isEmpty() ? List.of() : database.transact(connection -> devices(connection, users));
    }

    private static List<Device> devices(Connection connection, Collection<UserId> users) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select " + DeviceRow.COLUMNS + " from device d where user_id = any(?) order by created_at, id")) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text", users.stream().map(UserId::value).toArray()));
            return read(select);
        }
    }

    @Override
    public Change change(UserId user, DeviceId id, Prefs prefs) {
        return database.transact(connection -> {
            lock(connection, user);
            if (bytesBeside(connection, user, id) + bytes(Optional.of(prefs)) > mostBytesPerUser) {
                return new Change.TooLarge(mostBytesPerUser);
            }
            try (PreparedStatement update = connection.prepareStatement(
                    "update device d set prefs = ?::jsonb where user_id = ? and id = ? returning "
                            + DeviceRow.COLUMNS)) {
                update.setString(1, json(prefs));
                update.setString(2, user.value());
                update.setObject(3, id.value());
                return read(update).stream()
                        .findFirst()
                        .<Change>map(Change.Changed::new)
                        .orElseGet(Change.Unknown::new);
            }
        });
    }

    /**
     * The bytes of the user's devices that stay after a registration. It replaces the target at
     * that endpoint, and its preferences if new ones are given.
     */
    private static long bytesKept(Connection connection, UserId user, Target.Reachable target, Optional<Prefs> prefs)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select coalesce(sum(case when endpoint <> ? then %s else 0 end + case when endpoint <> ? or ? then %s else 0 end), 0) from device where user_id = ?"
                        .formatted(TARGET_BYTES, PREFS_BYTES))) {
            select.setString(1, target.address());
            select.setString(2, target.address());
            select.setBoolean(3, prefs.isEmpty());
            select.setString(4, user.value());
            return number(select);
        }
    }

    /** The bytes of the user's devices, without the preferences of one. */
    private static long bytesBeside(Connection connection, UserId user, DeviceId id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select coalesce(sum(%s + case when id <> ? then %s else 0 end), 0) from device where user_id = ?"
                        .formatted(TARGET_BYTES, PREFS_BYTES))) {
            select.setObject(1, id.value());
            select.setString(2, user.value());
            return number(select);
        }
    }

    private static long number(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private static long bytes(Target.Reachable target) {
        long keys =
                switch (target) {
                    case Target.Webhook hook -> hook.secret().getBytes(UTF_8).length;
                    case Target.WebPush browser ->
                        browser.keys().p256dh().length() + browser.keys().auth().length();
                    case Target.Apns app -> app.topic().length();
                    case Target.Fcm _ -> 0;
                };
        return target.address().getBytes(UTF_8).length + keys;
    }

    private static long bytes(Optional<Prefs> prefs) {
        return prefs.map(given -> json(given).getBytes(UTF_8).length).orElse(0);
    }

    @Override
    public boolean remove(UserId user, DeviceId id) {
        return delete(id, user);
    }

    @Override
    public int removeAll(UserId user) {
        return database.transact(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("delete from device where user_id = ?")) {
                delete.setString(1, user.value());
                return delete.executeUpdate();
            }
        });
    }

    @Override
    public void removeGone(DeviceId id, Optional<Instant> since) {
        delete(id, null);
    }

    @Override
    public void notFound(DeviceId id, Instant now) {}

    private boolean delete(DeviceId id, @Nullable UserId user) {
        return database.transact(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from device where id = ? and user_id = coalesce(?, user_id)")) {
                delete.setObject(1, id.value());
                delete.setString(2, user == null ? null : user.value());
                return delete.executeUpdate() > 0;
            }
        });
    }

    private static List<Device> read(PreparedStatement statement) throws SQLException {
        List<Device> devices = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                devices.add(DeviceRow.read(rows));
            }
        }
        return devices;
    }

    private static String json(Prefs prefs) {
        return new String(Json.write(prefs), UTF_8);
    }
}
