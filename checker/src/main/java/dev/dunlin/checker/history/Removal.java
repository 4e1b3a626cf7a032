package dev.dunlin.checker.history;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;

/**
 * The removal of a user from a channel, until the user is added again. Times are monotonic, in
 * nanoseconds since the start of the check.
 *
 * @param ackedAt when the removal was acknowledged
 * @param until when the user was about to be added again, or the check ended
 * @param sent messages and signals that others sent into the channel in between
 */
public record Removal(ChannelName channel, UserId user, long ackedAt, long until, long sent) {}
