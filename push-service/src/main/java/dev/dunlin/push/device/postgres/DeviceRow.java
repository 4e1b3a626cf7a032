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
import java.util.Optional;
import java.util.UUID;

/** A row of the table {@code device}. */
public final class DeviceRow {
    /** Its columns; the alias of the table is {@code d}. */
    public static final String COLUMNS =
            "d.id as d_id, d.user_id as d_user, d.kind, d.endpoint, d.secret, d.p256dh, d.auth, d.prefs, d.created_at";

    /** Whom deliveries to the device go to, as {@link Target.Reachable#origin} says. */
    public static final String ORIGIN = """
            case d.kind when 'apns' then case d.environment when 'production' then 'apns' else 'apns-sandbox' end
            when 'fcm' then 'fcm' else lower(coalesce(substring(d.endpoint from '^[a-zA-Z]+://[^/?#]+'), '')) end""";

    private static final String NO_PREFS = "{}";

    private DeviceRow() {}

    /** Reads {@link #COLUMNS}. */
    public static Device read(ResultSet row) throws SQLException {
        Optional<Prefs> prefs = readPrefs(row.getString("prefs"));
        String kind = row.getString("kind");
        return new Device(
                new DeviceId(row.getObject("d_id", UUID.class)),
                new UserId(row.getString("d_user")),
                prefs.isPresent() ? target(kind, row) : new Target.Broken(kind, "prefs: cannot be read"),
                prefs.orElse(Prefs.NONE),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    /**
     * A row that breaks a rule becomes a target of its own kind, so that other devices still get
     * their notifications. An earlier version may have accepted it, or somebody changed it.
     */
    private static Target target(String kind, ResultSet row) throws SQLException {
        try {
            Endpoint endpoint = Endpoint.of(row.getString("endpoint"));
            return switch (kind) {
                case Target.Webhook.KIND -> new Target.Webhook(endpoint, row.getString("secret"));
                case Target.WebPush.KIND ->
                    new Target.WebPush(endpoint, new SubscriptionKeys(row.getString("p256dh"), row.getString("auth")));
                default -> new Target.Broken(kind, "kind: must be webhook or webpush");
            };
        } catch (IllegalArgumentException e) {
            return new Target.Broken(kind, "endpoint or keys: " + e.getMessage());
        }
    }

    /** Reads the column {@code prefs}; what breaks a current rule counts as nothing. */
    public static Prefs prefs(String json) {
        return json.equals(NO_PREFS) ? Prefs.NONE : readPrefs(json).orElse(Prefs.NONE);
    }

    private static Optional<Prefs> readPrefs(String json) {
        try {
            return Optional.ofNullable(Json.mapper().readValue(json, Prefs.class)); // null for JSON null
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
