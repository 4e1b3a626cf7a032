package dev.dunlin.push.schedule.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.decision.Reason;
import dev.dunlin.push.postgres.Arrays;
import dev.dunlin.push.schedule.Pending.Message;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rows of {@code push_message}. */
final class MessageRows {
    private static final TypeReference<Map<String, String>> VERDICTS = new TypeReference<>() {};

    private MessageRows() {}

    /** A message that was decided on before keeps what was decided then. */
    static void insert(Connection connection, List<Message> messages, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into push_message (channel, epoch, seq, message_id, sender, sent_at, trace, verdict, verdicts, decided_at)
                select channel, epoch, seq, id, sender, sent, trace, verdict, verdicts::jsonb, ?
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
                    as m(channel, epoch, seq, id, sender, sent, trace, verdict, verdicts)
                order by channel, epoch, seq on conflict do nothing""")) {
            Arrays.of(connection, insert)
                    .time(now)
                    .texts(messages, message -> message.key().channel().value())
                    .texts(messages, message -> message.key().epoch().value())
                    .longs(messages, message -> message.key().seq())
                    .texts(messages, message -> message.id().value())
                    .texts(messages, message -> message.sender().value())
                    .longs(messages, Message::sent)
                    .texts(messages, message -> message.trace().traceparent())
                    .texts(messages, message -> message.verdict().word())
                    .texts(messages, MessageRows::verdicts);
            insert.executeUpdate();
        }
    }

    private static String verdicts(Message message) {
        Map<String, String> words = new HashMap<>();
        message.verdicts().forEach((user, reason) -> words.put(user.value(), reason.word()));
        return new String(Json.write(words), UTF_8);
    }

    static Map<Message.Key, Message> find(Connection connection, List<Message.Key> keys) throws SQLException {
        Map<Message.Key, Message> found = HashMap.newHashMap(keys.size());
        try (PreparedStatement select = connection.prepareStatement("""
                select m.* from unnest(?, ?, ?) as k(channel, epoch, seq) join push_message m
                on m.channel = k.channel and m.epoch = k.epoch and m.seq = k.seq""")) {
            Arrays.of(connection, select)
                    .texts(keys, key -> key.channel().value())
                    .texts(keys, key -> key.epoch().value())
                    .longs(keys, Message.Key::seq);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Message message = read(rows);
                    found.put(message.key(), message);
                }
            }
        }
        return found;
    }

    private static Message read(ResultSet row) throws SQLException {
        return new Message(
                new Message.Key(
                        new ChannelName(row.getString("channel")),
                        new Epoch(row.getString("epoch")),
                        row.getLong("seq")),
                new ClientMessageId(row.getString("message_id")),
                new UserId(row.getString("sender")),
                row.getLong("sent_at"),
                TraceId.parse(row.getString("trace")).orElseThrow(),
                reason(row.getString("verdict")),
                verdicts(row.getString("verdicts")));
    }

    private static Map<UserId, Reason> verdicts(String json) {
        try {
            Map<UserId, Reason> verdicts = new HashMap<>();
            Json.mapper()
                    .readValue(json, VERDICTS)
                    .forEach((user, word) -> verdicts.put(new UserId(user), reason(word)));
            return verdicts;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("push_message.verdicts: " + e.getMessage(), e);
        }
    }

    private static Reason reason(String word) {
        return Reason.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
