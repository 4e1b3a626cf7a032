package dev.dunlin.push.device.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.SubscriptionKeys;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.endpoint.Endpoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** A row of table {@code device}. */
public final class DeviceRow {
    /** Its columns, of a table that is called {@code d}. */
    public static final String COLUMNS =
            "d.id as d_id, d.user_id as d_user, d.kind, d.endpoint, d.secret, d.p256dh, d.auth, d.prefs, d.created_at";

    private DeviceRow() {}

    /** Reads {@link #COLUMNS}. */
    public static Device read(ResultSet row) throws SQLException {
        Endpoint endpoint = Endpoint.of(row.getString("endpoint"));
        String kind = row.getString("kind");
        Target target =
                switch (kind) {
                    case Target.Webhook.KIND -> new Target.Webhook(endpoint, row.getString("secret"));
                    case Target.WebPush.KIND ->
                        new Target.WebPush(
                                endpoint, new SubscriptionKeys(row.getString("p256dh"), row.getString("auth")));
                    default -> throw new SQLException("device of unknown kind " + kind);
                };
        return new Device(
                new DeviceId(row.getObject("d_id", UUID.class)),
                new UserId(row.getString("d_user")),
                target,
                prefs(row.getString("prefs")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static Prefs prefs(String json) throws SQLException {
        try {
            return Json.mapper().readValue(json, Prefs.class);
        } catch (JsonProcessingException e) {
            throw new SQLException("device with unreadable prefs", e);
        }
    }
}
