package dev.dunlin.push.device.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceLimits;
import dev.dunlin.push.device.Devices.Registration;
import dev.dunlin.push.device.NewDevice;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Registers a device, in a transaction of the caller's. */
final class Registrations {
    /**
     * Of another user, and to be removed: the same token, or a subscription with the same keys. Who
     * only knows the URL of a subscription takes nothing over.
     */
    private static final String TAKEN_OVER =
            "(kind = ? and endpoint = ? and user_id <> ? and (kind in ('apns', 'fcm') or (kind = 'webpush' and auth = ?)))";

    private final DeviceLimits limits;

    Registrations(DeviceLimits limits) {
        this.limits = limits;
    }

    Registration register(Connection connection, NewDevice device, Instant now) throws SQLException {
        lock(connection, device.user());
        lock(
                connection,
                "target:" + device.target().kind() + ":" + device.target().address());
        if (DeviceBytes.after(connection, device) > limits.bytesPerUser()) {
            return new Registration.TooLarge(limits.bytesPerUser());
        }
        if (!hasRoom(connection, device)) {
            return new Registration.TooMany(limits.perUser());
        }
        takeOver(connection, device);
        addUser(connection, device.user());
        Optional<Device> renewed = renew(connection, device, now);
        return renewed.isPresent()
                ? new Registration.Renewed(renewed.get())
                : new Registration.Created(insert(connection, device, now));
    }

    /** See {@link dev.dunlin.push.device.Devices#find}. */
    static Optional<Device> find(Connection connection, UserId user, Target.Reachable target) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select %s from device d where (user_id = ? and endpoint = ?) or %s
                order by user_id = ? desc limit 1""".formatted(DeviceRow.COLUMNS, TAKEN_OVER))) {
            select.setString(1, user.value());
            select.setString(2, target.address());
            takenOver(select, 3, user, target);
            select.setString(7, user.value());
            return DeviceRow.all(select).stream().findFirst();
        }
    }

    /**
     * Allows one registration of a user at a time, so that the limit holds and an existing address
     * is found.
     */
    static void lock(Connection connection, UserId user) throws SQLException {
        lock(connection, "device:" + user.value());
    }

    /**
     * Every transaction that has both locks takes the one of its user first, so none waits for
     * another in a circle.
     */
    private static void lock(Connection connection, String name) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 0))")) {
            lock.setString(1, name);
            lock.execute();
        }
    }

    private static void takeOver(Connection connection, NewDevice device) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select id from device where %s for update".formatted(TAKEN_OVER))) {
            takenOver(select, 1, device.user(), device.target());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getObject(1, UUID.class));
                }
            }
        }
        PostgresDevices.delete(connection, ids);
    }

    private static void takenOver(PreparedStatement statement, int first, UserId user, Target.Reachable target)
            throws SQLException {
        statement.setString(first, target.kind());
        statement.setString(first + 1, target.address());
        statement.setString(first + 2, user.value());
        statement.setString(
                first + 3,
                target instanceof Target.WebPush browser ? browser.keys().auth() : null);
    }

    /** A user who has devices has a row in {@code push_user}. */
    private static void addUser(Connection connection, UserId user) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into push_user (user_id) values (?) on conflict do nothing")) {
            insert.setString(1, user.value());
            insert.executeUpdate();
        }
    }

    private static Optional<Device> renew(Connection connection, NewDevice device, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update device d set kind = ?, secret = ?, p256dh = ?, auth = ?, vapid_key = ?, topic = ?,
                    environment = ?, app = coalesce(?, app), platform = coalesce(?, platform),
                    locale = coalesce(?, locale), app_version = coalesce(?, app_version), verified_at = ?,
                    seen_at = ?, prefs = coalesce(?::jsonb, prefs), not_found = 0, not_found_since = null,
                    disabled_at = null, disabled_reason = null
                where user_id = ? and endpoint = ? returning %s""".formatted(DeviceRow.COLUMNS))) {
            set(update, device, now);
            update.setString(14, device.prefs().map(Registrations::json).orElse(null));
            update.setString(15, device.user().value());
            update.setString(16, device.target().address());
            return DeviceRow.all(update).stream().findFirst();
        }
    }

    private static Device insert(Connection connection, NewDevice device, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into device as d (kind, secret, p256dh, auth, vapid_key, topic, environment, app, platform,
                    locale, app_version, verified_at, seen_at, prefs, user_id, endpoint, id, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)
                returning %s""".formatted(DeviceRow.COLUMNS))) {
            set(insert, device, now);
            insert.setString(14, json(device.prefs().orElse(Prefs.NONE)));
            insert.setString(15, device.user().value());
            insert.setString(16, device.target().address());
            insert.setObject(17, device.id().value());
            insert.setObject(18, now.atOffset(ZoneOffset.UTC));
            return DeviceRow.all(insert).getFirst();
        }
    }

    /**
     * Sets the parameters 1 to 13: kind, secret, p256dh, auth, vapid_key, topic, environment, app,
     * platform, locale, app_version, verified_at, seen_at.
     */
    private static void set(PreparedStatement statement, NewDevice device, Instant now) throws SQLException {
        Target.Reachable target = device.target();
        Target.@Nullable WebPush browser = target instanceof Target.WebPush there ? there : null;
        Target.@Nullable Apns app = target instanceof Target.Apns there ? there : null;
        statement.setString(1, target.kind());
        statement.setString(2, target instanceof Target.Webhook hook ? hook.secret() : null);
        statement.setString(3, browser == null ? null : browser.keys().p256dh());
        statement.setString(4, browser == null ? null : browser.keys().auth());
        statement.setString(5, browser == null ? null : browser.keyId());
        statement.setString(6, app == null ? null : app.topic());
        statement.setString(7, app == null ? null : app.environment().word());
        statement.setString(8, device.about().app());
        statement.setString(9, device.about().platform());
        statement.setString(10, device.about().locale());
        statement.setString(11, device.about().appVersion());
        statement.setObject(12, device.verified() ? now.atOffset(ZoneOffset.UTC) : null);
        statement.setObject(13, now.atOffset(ZoneOffset.UTC));
    }

    /**
     * A device at the same address is renewed, also if the user has more than are allowed by now.
     */
    private boolean hasRoom(Connection connection, NewDevice device) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select count(*) < ? or bool_or(endpoint = ?) from device where user_id = ?")) {
            select.setInt(1, limits.perUser());
            select.setString(2, device.target().address());
            select.setString(3, device.user().value());
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    static String json(Prefs prefs) {
        return new String(Json.write(prefs), UTF_8);
    }
}
