package dev.dunlin.protocol.http;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import java.util.List;

/** The heads of channels, in no order. A channel without a log is left out. */
public record HeadList(List<Head> heads) {
    /** {@code head} is the newest seq. */
    public record Head(ChannelName channel, Epoch epoch, long head) {}
}
