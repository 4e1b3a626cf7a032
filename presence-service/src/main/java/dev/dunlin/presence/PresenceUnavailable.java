package dev.dunlin.presence;

import org.jspecify.annotations.Nullable;

/**
 * A service or engine that presence depends on is unreachable: the same call may succeed later. The
 * message names it.
 */
public final class PresenceUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PresenceUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
