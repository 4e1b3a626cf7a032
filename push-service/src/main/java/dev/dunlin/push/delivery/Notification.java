package dev.dunlin.push.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;

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
    /** The same notification with the current content of the message. */
    public Notification saying(JsonNode text) {
        return new Notification(user, channel, epoch, seq, id, from, ts, text, trace);
    }
}
