package dev.dunlin.protocol.kafka;

import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.VisibleTo;
import org.jspecify.annotations.Nullable;

/**
 * What presence-service must not lose of a user with Redis: a record of
 * {@link Topics#PRESENCE_USERS}. The newest one of a user stands for those before it; one without a
 * value: the user was erased. Key: user.
 *
 * @param lastSeen when the user's last session ended, in milliseconds since 1970
 * @param choice what the user says of itself
 * @param visibleTo who sees its presence; absent: as the operator configured
 */
public record StoredUser(
        @Nullable Long lastSeen,
        @Nullable StatusChoice choice,
        @Nullable VisibleTo visibleTo) {}
