package dev.dunlin.protocol.http;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import java.util.List;

/**
 * How far the logs of channels have come, in no order; a channel that is not stored is left out.
 */
public record HeadList(List<Head> heads) {
    /** {@code head} is the newest seq. */
    public record Head(ChannelName channel, Epoch epoch, long head) {}
}
