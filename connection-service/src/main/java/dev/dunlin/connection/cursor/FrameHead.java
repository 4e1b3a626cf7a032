package dev.dunlin.connection.cursor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first fields of an encoded frame. The rest is not read, so the cost does not depend on the
 * size of the frame.
 *
 * @param channel null unless the frame is an event of a channel's log
 * @param seq of such an event
 */
public record FrameHead(String type, @Nullable ChannelName channel, long seq) {
    /**
     * The types of {@link dev.dunlin.protocol.frame.ServerFrame.LogEvent}. A type that is missing
     * here does not move a cursor: its events are repeated on resume, never lost.
     */
    static final Set<String> LOG_EVENTS =
            Set.of("message", "edited", "deleted", "reacted", "member_joined", "member_left");

    /** Reads the head of a frame that this suite encoded. */
    public static FrameHead read(byte[] frame) {
        String type = "";
        String channel = null;
        long seq = -1;
        try (JsonParser parser = Json.mapper().getFactory().createParser(frame)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (field) {
                    case "type" -> {
                        type = parser.getText();
                        if (!LOG_EVENTS.contains(type)) {
                            return new FrameHead(type, null, -1);
                        }
                    }
                    case "channel" -> channel = parser.getText();
                    case "seq" -> seq = value == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : -1;
                    default -> parser.skipChildren();
                }
                if (!type.isEmpty() && channel != null && seq >= 0) {
                    return new FrameHead(type, new ChannelName(channel), seq);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FrameHead(type, null, -1);
    }
}
