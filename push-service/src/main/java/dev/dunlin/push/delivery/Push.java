package dev.dunlin.push.delivery;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.TraceId;
import dev.dunlin.protocol.UserId;
import java.util.OptionalLong;

/** What is sent to a device of {@link #user}. */
public sealed interface Push {
    /** Whose device it is. */
    UserId user();

    ChannelName channel();

    Epoch epoch();

    /**
     * The unread events of all channels, for the number on the app's icon; empty: not to be set.
     */
    OptionalLong badge();

    /** The id under which all services log what they do to the message. */
    TraceId trace();

    /**
     * Shows a message, in the place of what the device shows of the channel.
     *
     * @param seq of the newest message that is not read
     * @param id the id that the sender gave to it
     * @param from its sender
     * @param ts when it was sent, in milliseconds since 1970
     * @param data its content at this moment; a user who wants no preview is sent none
     * @param count how many messages this stands for, 1 or more
     * @param mentioned whether one of them mentions the user
     * @param preview how much of the message is shown
     * @param sound the name of a sound, {@code default}, or {@code none}
     * @param unread the unread events of the channel; empty if the user wants no badge
     */
    record Alert(
            UserId user,
            ChannelName channel,
            Epoch epoch,
            long seq,
            ClientMessageId id,
            UserId from,
            long ts,
            JsonNode data,
            int count,
            boolean mentioned,
            Preview preview,
            String sound,
            OptionalLong unread,
            OptionalLong badge,
            TraceId trace)
            implements Push {}

    /**
     * Takes away what the device shows of the channel, without a sound: it was read elsewhere, or
     * deleted.
     *
     * @param seq up to which message
     */
    record Clear(UserId user, ChannelName channel, Epoch epoch, long seq, OptionalLong badge, TraceId trace)
            implements Push {}

    /** How much of a message a notification shows. */
    enum Preview {
        /** Sender and text. */
        @JsonProperty("full")
        FULL,
        /** The sender. */
        @JsonProperty("sender")
        SENDER,
        /** That there is a message: its channel and seq, for the app to fetch it. */
        @JsonProperty("id")
        ID
    }
}
