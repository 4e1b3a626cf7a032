package dev.dunlin.checker.history;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;

/**
 * An acknowledged message of which members are notified. Times are monotonic, in nanoseconds since
 * the start of the check.
 */
public record PushMessage(ChannelName channel, long seq, UserId from, String content, long invokedAt, long ackedAt) {}
