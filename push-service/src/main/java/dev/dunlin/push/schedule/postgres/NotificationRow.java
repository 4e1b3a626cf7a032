package dev.dunlin.push.schedule.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.delivery.Notification;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A row of the table {@code notification}. */
final class NotificationRow {
    /** Its columns; the alias of the table is {@code n}. */
    static final String COLUMNS =
            "n.id as n_id, n.user_id, n.channel, n.epoch, n.seq, n.message_id, n.sender, n.sent_at, n.data, n.trace, n.attempts";

    private NotificationRow() {}

    /**
     * Sets the parameters 1 to 9: user_id, channel, epoch, seq, message_id, sender, sent_at, data,
     * trace.
     */
    static void set(PreparedStatement statement, Notification notification) throws SQLException {
        statement.setString(1, notification.user().value());
        statement.setString(2, notification.channel().value());
        statement.setString(3, notification.epoch().value());
        statement.setLong(4, notification.seq());
        statement.setString(5, notification.id().value());
        statement.setString(6, notification.from().value());
        statement.setLong(7, notification.ts());
        // Encoded from a string: an unpaired surrogate, which JSON can hold and UTF-8 cannot,
        // becomes a question mark.
        statement.setBytes(8, notification.data().toString().getBytes(UTF_8));
        statement.setString(9, notification.trace().traceparent());
    }

    /**
     * Reads {@link #COLUMNS}. Throws {@link IllegalArgumentException} if one of them breaks a rule.
     */
    static Notification read(ResultSet row) throws SQLException {
        try {
            return new Notification(
                    new UserId(row.getString("user_id")),
                    new ChannelName(row.getString("channel")),
                    new Epoch(row.getString("epoch")),
                    row.getLong("seq"),
                    new ClientMessageId(row.getString("message_id")),
                    new UserId(row.getString("sender")),
                    row.getLong("sent_at"),
                    Json.parse(row.getBytes("data")),
                    TraceId.parse(row.getString("trace")).orElseThrow(() -> new IllegalArgumentException("trace")));
        } catch (InvalidInput e) {
            throw new IllegalArgumentException("data: " + e.getMessage(), e);
        }
    }
}
