package dev.dunlin.push.explain.postgres;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.decision.Reason;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.explain.Explanation;
import dev.dunlin.push.explain.Explanation.OfDevice;
import dev.dunlin.push.explain.Explanations;
import dev.dunlin.push.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads why from what the decisions and deliveries left. */
public final class PostgresExplanations implements Explanations {
    private final Database database;

    public PostgresExplanations(Database database) {
        this.database = database;
    }

    private record Decided(String epoch, String verdict, boolean member, long at) {}

    @Override
    public Optional<Explanation> of(UserId user, ChannelName channel, long seq) {
        return database.transact(connection -> {
            Optional<Decided> decided = decided(connection, user, channel, seq);
            if (decided.isEmpty()) {
                return Optional.empty();
            }
            Decided found = decided.get();
            List<OfDevice> devices = devices(connection, user, channel, found.epoch(), seq);
            return Optional.of(
                    new Explanation(user, channel, seq, verdict(found, channel, user, devices), found.at(), devices));
        });
    }

    private static String verdict(Decided found, ChannelName channel, UserId user, List<OfDevice> devices) {
        if (!found.member() && !channel.directMembers().contains(user)) {
            return Reason.NO_ACCESS.word();
        }
        return devices.isEmpty() ? Reason.NO_DEVICE.word() : found.verdict();
    }

    private static Optional<Decided> decided(Connection connection, UserId user, ChannelName channel, long seq)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select epoch, coalesce(verdicts ->> ?, verdict) as verdict, decided_at,
                    exists (select from push_member m where m.channel = p.channel and m.user_id = ? and not m.gone) as member
                from push_message p where channel = ? and seq = ? order by decided_at desc limit 1""")) {
            select.setString(1, user.value());
            select.setString(2, user.value());
            select.setString(3, channel.value());
            select.setLong(4, seq);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Decided(
                                rows.getString("epoch"),
                                rows.getString("verdict"),
                                rows.getBoolean("member"),
                                millis(rows, "decided_at")))
                        : Optional.empty();
            }
        }
    }

    private static List<OfDevice> devices(
            Connection connection, UserId user, ChannelName channel, String epoch, long seq) throws SQLException {
        List<OfDevice> devices = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select d.id, d.kind, d.disabled_reason, p.shown, p.due_at, p.attempts, p.error, p.ended, p.ended_by, p.seqs
                from device d left join push_pending p on p.device_id = d.id and p.channel = ? and p.epoch = ?
                where d.user_id = ? order by d.created_at, d.id""")) {
            select.setString(1, channel.value());
            select.setString(2, epoch);
            select.setString(3, user.value());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    devices.add(device(rows, seq));
                }
            }
        }
        return devices;
    }

    private static OfDevice device(ResultSet row, long seq) throws SQLException {
        String state = state(row, seq);
        boolean waits = state.equals("waiting");
        return new OfDevice(
                new DeviceId(row.getObject("id", UUID.class)),
                row.getString("kind"),
                state,
                state.equals("ended") ? row.getString("ended_by") : null,
                waits ? (Long) millis(row, "due_at") : null,
                waits ? (Integer) row.getInt("attempts") : null,
                state.equals("shown") ? null : row.getString("error"),
                row.getString("disabled_reason"));
    }

    private static String state(ResultSet row, long seq) throws SQLException {
        if (row.getLong("shown") >= seq) {
            return "shown";
        }
        if (row.getLong("ended") >= seq) {
            return "ended";
        }
        return row.getObject("due_at") != null && holds(row, seq) ? "waiting" : "none";
    }

    /** Whether the row has the message, or newer ones only because it keeps no more. */
    private static boolean holds(ResultSet row, long seq) throws SQLException {
        Long[] seqs = (Long[]) row.getArray("seqs").getArray();
        return seqs.length > 0 && seq <= seqs[seqs.length - 1];
    }

    private static long millis(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? 0 : time.toInstant().toEpochMilli();
    }
}
