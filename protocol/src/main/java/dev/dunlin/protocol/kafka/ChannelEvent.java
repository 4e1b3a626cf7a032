package dev.dunlin.protocol.kafka;

import dev.dunlin.protocol.Check;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.frame.ServerFrame;

/**
 * A record of {@link Topics#CHANNEL_EVENTS}: an event or a mark as clients see it, in the channel's
 * order.
 */
public record ChannelEvent(Epoch epoch, ServerFrame.ChannelFrame event) {
    public ChannelEvent {
        Check.required("epoch", epoch);
        Check.required("event", event);
    }
}
