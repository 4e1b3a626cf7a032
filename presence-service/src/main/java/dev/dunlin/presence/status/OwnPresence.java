package dev.dunlin.presence.status;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.VisibleTo;
import org.jspecify.annotations.Nullable;

/**
 * What users choose for their presence. Returns when it is durable; others see it a moment later.
 * Called on virtual threads. Throws {@link dev.dunlin.presence.PresenceUnavailable} if it cannot be
 * stored.
 */
public interface OwnPresence {
    /** The user's status is this from now on, instead of what it chose before. */
    void choose(UserId user, StatusChoice choice);

    /** Who sees the user's presence from now on; absent: as the operator configured. */
    void showTo(UserId user, @Nullable VisibleTo visibleTo);
}
