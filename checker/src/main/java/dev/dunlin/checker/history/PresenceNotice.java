package dev.dunlin.checker.history;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;

/**
 * A status that a watcher received, as the answer to its request or as a change. {@code at} is
 * monotonic, in nanoseconds since the start of the check.
 */
public record PresenceNotice(String watcher, UserId user, Status status, long at) {}
