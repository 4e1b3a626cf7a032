package dev.dunlin.checker.history;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import java.util.List;

/**
 * A channel as the suite tells it when all is over.
 *
 * @param first the oldest seq that is said to be retained
 * @param head the newest seq, as the suite says
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
