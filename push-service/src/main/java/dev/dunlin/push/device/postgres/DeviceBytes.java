package dev.dunlin.push.device.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.NewDevice;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** How many bytes the devices of a user take: addresses, keys and preferences. */
final class DeviceBytes {
    private static final String TARGET =
            "octet_length(endpoint) + octet_length(coalesce(secret, '')) + octet_length(coalesce(p256dh, '')) + octet_length(coalesce(auth, '')) + octet_length(coalesce(topic, ''))";
    private static final String PREFS = "octet_length(prefs::text)";

    private DeviceBytes() {}

    /**
     * After a registration. It replaces the target at that address, and its preferences if new ones
     * are given.
     */
    static long after(Connection connection, NewDevice device) throws SQLException {
        String address = device.target().address();
        try (PreparedStatement select = connection.prepareStatement(
                "select coalesce(sum(case when endpoint <> ? then %s else 0 end + case when endpoint <> ? or ? then %s else 0 end), 0) from device where user_id = ?"
                        .formatted(TARGET, PREFS))) {
            select.setString(1, address);
            select.setString(2, address);
            select.setBoolean(3, device.prefs().isEmpty());
            select.setString(4, device.user().value());
            return number(select) + of(device.target()) + of(device.prefs());
        }
    }

    /** After a change of a device's preferences. */
    static long after(Connection connection, UserId user, DeviceId id, Prefs prefs) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select coalesce(sum(%s + case when id <> ? then %s else 0 end), 0) from device where user_id = ?"
                        .formatted(TARGET, PREFS))) {
            select.setObject(1, id.value());
            select.setString(2, user.value());
            return number(select) + of(Optional.of(prefs));
        }
    }

    private static long number(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private static long of(Target.Reachable target) {
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

    private static long of(Optional<Prefs> prefs) {
        return prefs.map(given -> Json.write(given).length).orElse(0);
    }
}
