package dev.dunlin.checker.history;

import dev.dunlin.protocol.ChannelName;
import java.util.List;

/**
 * Everything that one observer saw of one channel, in order.
 *
 * @param toTheEnd whether it watched until the end, so that it must have seen the newest event
 */
public record Watch(Observer observer, ChannelName channel, List<Step> steps, boolean toTheEnd) {
    public Watch {
        steps = List.copyOf(steps);
    }
}
