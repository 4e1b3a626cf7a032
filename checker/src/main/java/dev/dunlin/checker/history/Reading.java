package dev.dunlin.checker.history;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;

/**
 * An attempt to move a user's read mark, acknowledged or not. {@code at} is when it began:
 * monotonic, in nanoseconds since the start of the check.
 */
public record Reading(UserId user, ChannelName channel, long seq, long at) {}
