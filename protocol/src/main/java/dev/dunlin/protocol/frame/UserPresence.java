package dev.dunlin.protocol.frame;

import dev.dunlin.protocol.UserId;
import org.jspecify.annotations.Nullable;

/**
 * One user's presence; {@code lastSeen} in milliseconds since 1970, absent while online and for a
 * user never seen.
 */
public record UserPresence(
        UserId user, Status status, @Nullable Long lastSeen) {}
