package dev.dunlin.push.device.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.device.About;
import dev.dunlin.push.device.Device;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.Disabled;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.device.ServerKeys;
import dev.dunlin.push.device.SubscriptionKeys;
import dev.dunlin.push.device.Target;
import dev.dunlin.push.device.Target.Apns.Environment;
import dev.dunlin.push.endpoint.Endpoint;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code device}. */
public final class DeviceRow {
    /** Its columns; the alias of the table is {@code d}. */
    public static final String COLUMNS =
            "d.id as d_id, d.user_id as d_user, d.kind, d.endpoint, d.secret, d.p256dh, d.auth, d.vapid_key, d.topic, d.environment, d.prefs, d.app, d.platform, d.locale, d.app_version, d.created_at, d.seen_at, d.verified_at, d.disabled_at, d.disabled_reason";

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
                about(row),
                time(row, "created_at").orElse(Instant.EPOCH),
                time(row, "seen_at").orElse(Instant.EPOCH),
                time(row, "verified_at").isPresent(),
                disabled(row));
    }

    /** Runs a statement that returns {@link #COLUMNS}. */
    static List<Device> all(PreparedStatement statement) throws SQLException {
        List<Device> devices = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                devices.add(read(rows));
            }
        }
        return devices;
    }

    /**
     * A row that breaks a rule becomes a target of its own kind, so that other devices still get
     * their notifications. An earlier version may have accepted it, or somebody changed it.
     */
    private static Target target(String kind, ResultSet row) throws SQLException {
        String address = row.getString("endpoint");
        try {
            return switch (kind) {
                case Target.Webhook.KIND -> new Target.Webhook(Endpoint.of(address), row.getString("secret"));
                case Target.WebPush.KIND ->
                    new Target.WebPush(
                            Endpoint.of(address),
                            new SubscriptionKeys(row.getString("p256dh"), row.getString("auth")),
                            Optional.ofNullable(row.getString("vapid_key")).orElse(ServerKeys.FIRST));
                case Target.Apns.KIND ->
                    new Target.Apns(address, row.getString("topic"), environment(row.getString("environment")));
                case Target.Fcm.KIND -> new Target.Fcm(address);
                default -> new Target.Broken(kind, "kind: must be apns, fcm, webpush or webhook");
            };
        } catch (IllegalArgumentException e) {
            return new Target.Broken(kind, "endpoint or keys: " + e.getMessage());
        }
    }

    private static Environment environment(String word) {
        return word.equals(Environment.SANDBOX.word()) ? Environment.SANDBOX : Environment.PRODUCTION;
    }

    /** A row that breaks a rule must not hide the device: what it reports decides nothing. */
    private static About about(ResultSet row) throws SQLException {
        try {
            return new About(
                    row.getString("app"),
                    row.getString("platform"),
                    row.getString("locale"),
                    row.getString("app_version"));
        } catch (IllegalArgumentException e) {
            return About.NOTHING;
        }
    }

    private static Optional<Disabled> disabled(ResultSet row) throws SQLException {
        @Nullable String reason = row.getString("disabled_reason");
        return time(row, "disabled_at").map(at -> new Disabled(reason == null ? "" : reason, at));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
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
