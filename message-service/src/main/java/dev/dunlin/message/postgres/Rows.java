package dev.dunlin.message.postgres;

import dev.dunlin.message.sequencer.ChannelState;
import dev.dunlin.message.sequencer.Life;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the columns mean, by their names in {@code db/migration}. */
final class Rows {
    static final String CHANNEL_COLUMNS =
            "c.name, c.epoch, c.title, c.head, c.archived, c.created, c.active, c.origin_partition, c.origin_offset, c.applied_partition, c.applied_offset, c.life";

    private Rows() {}

    static ChannelState channel(ResultSet row) throws SQLException {
        return new ChannelState(
                new ChannelName(row.getString("name")),
                new Epoch(row.getString("epoch")),
                row.getString("title"),
                row.getLong("head"),
                row.getBoolean("archived"),
                row.getLong("created"),
                row.getLong("active"),
                new LogPosition(row.getInt("origin_partition"), row.getLong("origin_offset")),
                new LogPosition(row.getInt("applied_partition"), row.getLong("applied_offset")),
                life(row.getString("life")));
    }

    static LogPosition position(ResultSet row) throws SQLException {
        return new LogPosition(row.getInt("kafka_partition"), row.getLong("kafka_offset"));
    }

    static @Nullable Long nullableLong(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    static @Nullable Long nullableLong(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    static ServerFrame.LogEvent event(byte[] frame) {
        try {
            return Json.read(frame, ServerFrame.LogEvent.class);
        } catch (InvalidInput e) {
            throw new IllegalStateException("an event in the store that cannot be read: " + e.getMessage(), e);
        }
    }

    static Life life(String stored) {
        return Life.valueOf(stored.toUpperCase(Locale.ROOT));
    }

    static String stored(Life life) {
        return life.name().toLowerCase(Locale.ROOT);
    }

    /** The role of who may be no member. */
    static @Nullable Role role(ResultSet row) throws SQLException {
        String stored = row.getString("role");
        return stored == null ? null : role(stored);
    }

    static Role role(String stored) {
        return Role.valueOf(stored.toUpperCase(Locale.ROOT));
    }

    static String stored(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
