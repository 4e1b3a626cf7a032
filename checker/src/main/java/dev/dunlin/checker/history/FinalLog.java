package dev.dunlin.checker.history;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import java.util.List;

/**
 * A channel as the suite returns it at the end of the check.
 *
 * @param first the oldest retained seq, as the suite reports it
 * @param head the newest seq, as the suite reports it
 * @param events the raw log, in the order of its pages
 * @param messages the message history, in the order of its pages
 */
public record FinalLog(
        ChannelName channel, Epoch epoch, long first, long head, List<Event> events, List<Event> messages) {
    public FinalLog {
        events = List.copyOf(events);
        messages = List.copyOf(messages);
    }
}
