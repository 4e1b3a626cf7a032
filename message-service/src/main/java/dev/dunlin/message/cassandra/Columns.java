package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.Role;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads and encodes values that several tables store in the same way. */
final class Columns {
    private Columns() {}

    /** A text that every row has. */
    static String text(Row row, String column) {
        return Objects.requireNonNull(row.getString(column), column);
    }

    static ChannelName channel(Row row) {
        return new ChannelName(text(row, "channel"));
    }

    static UserId user(Row row) {
        return new UserId(text(row, "user_id"));
    }

    /** Whether a row belongs to this life of a channel. */
    static boolean isIn(Row row, ChannelRow channel) {
        return text(row, "channel").equals(channel.name()) && text(row, "epoch").equals(channel.epoch());
    }

    static @Nullable Long nullableLong(Row row, String column) {
        return row.isNull(column) ? null : (Long) row.getLong(column);
    }

    static LogPosition position(Row row) {
        return new LogPosition(row.getInt("kafka_partition"), row.getLong("kafka_offset"));
    }

    static byte @Nullable [] bytes(Row row, String column) {
        ByteBuffer stored = row.getByteBuffer(column);
        if (stored == null) {
            return null;
        }
        byte[] bytes = new byte[stored.remaining()];
        stored.get(bytes);
        return bytes;
    }

    static @Nullable ByteBuffer blob(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    static ServerFrame.LogEvent event(byte[] frame) {
        try {
            return Json.read(frame, ServerFrame.LogEvent.class);
        } catch (InvalidInput e) {
            throw new IllegalStateException("an event in the store cannot be read: " + e.getMessage(), e);
        }
    }

    static JsonNode json(byte @Nullable [] stored) {
        try {
            return stored == null ? NullNode.getInstance() : Json.parse(stored);
        } catch (InvalidInput e) {
            throw new IllegalStateException("a message in the store cannot be read: " + e.getMessage(), e);
        }
    }

    /** Separated by commas, which no user id contains. */
    static @Nullable String stored(List<UserId> users) {
        return users.isEmpty() ? null : users.stream().map(UserId::value).collect(Collectors.joining(","));
    }

    static List<UserId> users(String stored) {
        return Stream.of(stored.split(",", -1)).map(UserId::new).toList();
    }

    static Role role(Row row) {
        return Role.valueOf(text(row, "role").toUpperCase(Locale.ROOT));
    }

    static String stored(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
