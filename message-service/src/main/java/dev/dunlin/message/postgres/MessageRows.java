package dev.dunlin.message.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.dunlin.message.history.Reactors;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame.Message;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Messages as they are now, with their reactions. */
final class MessageRows {
    /** The columns of a message {@code m}, without its reactions. */
    static final String PLAIN =
            "m.channel, m.seq, m.sender, m.client_id, m.ts, m.data, m.reply_to, m.edited, m.deleted, m.mentions";

    /**
     * The columns of a message {@code m}. Its reactions come as two arrays beside each other, in
     * the order in which they were added; who reacted to what has left the list when the message is
     * deleted.
     */
    static final String COLUMNS = PLAIN
            + ", array(select r.emoji from reaction r where r.channel = m.channel and r.target = m.seq order by r.seq) as emojis,"
            + " array(select r.user_id from reaction r where r.channel = m.channel and r.target = m.seq order by r.seq) as reactors";

    private MessageRows() {}

    /** Reads {@link #COLUMNS}. */
    static Message read(ResultSet row) throws SQLException {
        return read(row, row.getBoolean("deleted") ? null : reactions(row));
    }

    /** Reads {@link #PLAIN}. */
    static Message readPlain(ResultSet row) throws SQLException {
        return read(row, null);
    }

    private static Message read(ResultSet row, @Nullable Map<String, List<UserId>> reactions) throws SQLException {
        boolean deleted = row.getBoolean("deleted");
        return new Message(
                new ChannelName(row.getString("channel")),
                row.getLong("seq"),
                new ClientMessageId(row.getString("client_id")),
                new UserId(row.getString("sender")),
                row.getLong("ts"),
                data(row.getBytes("data")),
                Rows.nullableLong(row, "reply_to"),
                deleted ? null : Rows.nullableLong(row, "edited"),
                deleted ? true : null,
                reactions,
                deleted ? null : mentions(row));
    }

    private static @Nullable List<UserId> mentions(ResultSet row) throws SQLException {
        Array stored = row.getArray("mentions");
        return stored == null
                ? null
                : Stream.of((String[]) stored.getArray()).map(UserId::new).toList();
    }

    private static JsonNode data(byte @Nullable [] stored) {
        try {
            return stored == null ? NullNode.getInstance() : Json.parse(stored);
        } catch (InvalidInput e) {
            throw new IllegalStateException("a message in the store that cannot be read: " + e.getMessage(), e);
        }
    }

    private static @Nullable Map<String, List<UserId>> reactions(ResultSet row) throws SQLException {
        String[] emojis = (String[]) row.getArray("emojis").getArray();
        String[] reactors = (String[]) row.getArray("reactors").getArray();
        if (emojis.length == 0) {
            return null;
        }
        Reactors reactions = new Reactors();
        for (int i = 0; i < emojis.length; i++) {
            reactions.add(emojis[i], new UserId(reactors[i]));
        }
        return reactions.byEmoji();
    }
}
