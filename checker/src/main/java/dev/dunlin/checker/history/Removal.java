package dev.dunlin.checker.history;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;

/**
 * One stay of a user outside a channel. Times are monotonic, in nanoseconds since the begin of the
 * check.
 *
 * @param ackedAt when the removal was acknowledged
 * @param until when the user was about to be added again, or the check ended
 * @param sent messages and signals that others sent into the channel in between
 */
public record Removal(ChannelName channel, UserId user, long ackedAt, long until, long sent) {}
