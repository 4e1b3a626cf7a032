package dev.dunlin.checker.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One event of a channel's log, as a client saw it.
 *
 * @param kind {@code message}, or another kind of event
 * @param id the id of the publish; null unless it is a message
 * @param ts milliseconds since 1970, set by the suite
 * @param content the data of the message, as JSON
 */
public record Event(
        ChannelName channel,
        long seq,
        String kind,
        @Nullable ClientMessageId id,
        UserId from,
        long ts,
        String content) {
    /** The kind that the workload publishes. */
    public static final String MESSAGE = "message";

    /** The event in a frame. */
    public static Event of(ServerFrame.LogEvent frame) {
        return frame instanceof ServerFrame.Message message
                ? new Event(
                        message.channel(),
                        message.seq(),
                        MESSAGE,
                        message.id(),
                        message.from(),
                        message.ts(),
                        content(message.data()))
                : new Event(
                        frame.channel(),
                        frame.seq(),
                        frame.getClass().getSimpleName(),
                        null,
                        frame.by(),
                        frame.ts(),
                        frame.toString());
    }

    /** The canonical JSON for comparisons. */
    public static String content(JsonNode data) {
        return new String(Json.write(data), StandardCharsets.UTF_8);
    }

    /** Whether the workload published it. */
    public boolean isMessage() {
        return kind.equals(MESSAGE);
    }
}
