package dev.dunlin.push.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import java.util.OptionalLong;

/**
 * Notifies {@code user} of a message.
 *
 * @param id the id that the sender gave to the message
 * @param ts when it was sent, in milliseconds since 1970
 * @param trace the id under which all services log what they do to the message
 */
public record Notification(
        UserId user,
        ChannelName channel,
        Epoch epoch,
        long seq,
        ClientMessageId id,
        UserId from,
        long ts,
        JsonNode data,
        TraceId trace) {
    /** With the current content of the message. */
    public Push.Alert saying(JsonNode text, OptionalLong unread) {
        return new Push.Alert(
                user,
                channel,
                epoch,
                seq,
                id,
                from,
                ts,
                text,
                1,
                false,
                Push.Preview.FULL,
                "default",
                unread,
                OptionalLong.empty(),
                trace);
    }
}
