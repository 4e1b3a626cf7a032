package dev.dunlin.presence;

import org.jspecify.annotations.Nullable;

/** What presence depends on cannot be reached now: the same call may succeed later. The message says what is away. */
public final class PresenceUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PresenceUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
