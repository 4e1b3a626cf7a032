package dev.dunlin.protocol.frame;

import dev.dunlin.protocol.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The presence of one user. {@code lastSeen} is in milliseconds since 1970; it is absent while the
 * user is online, and for a user never seen.
 */
public record UserPresence(
        UserId user, Status status, @Nullable Long lastSeen) {}
