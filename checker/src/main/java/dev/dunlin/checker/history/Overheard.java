package dev.dunlin.checker.history;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;

/**
 * A message or signal that a guest of a channel received, whether removed or not. Times are
 * monotonic, in nanoseconds since the start of the check.
 *
 * @param observer which client of the guest
 * @param kind {@code message} or {@code signal}
 * @param sentAt when its sender started to send it
 */
public record Overheard(String observer, UserId user, ChannelName channel, String kind, long at, long sentAt) {}
