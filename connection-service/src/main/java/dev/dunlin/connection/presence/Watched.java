package dev.dunlin.connection.presence;

import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One user whom a session watches: the presence sent last, and a change not yet sent. Hub loop
 * only.
 */
final class Watched implements Consumer<byte[]> {
    private static final Logger LOG = Logger.getLogger(Watched.class);

    private final Watcher watcher;
    private final UserId user;
    private @Nullable UserPresence sent;
    private @Nullable UserPresence change;
    /** Whether no change has come since the presence was requested. */
    private boolean quiet;

    Watched(Watcher watcher, UserId user) {
        this.watcher = watcher;
        this.user = user;
    }

    UserId user() {
        return user;
    }

    /** Receives a change from the bus. */
    @Override
    public void accept(byte[] payload) {
        try {
            changed(Json.read(payload, UserPresence.class));
        } catch (InvalidInput e) {
            LOG.warnf("Dropped a presence change of %s: %s", user, e.getMessage());
        }
    }

    /** The session was sent this in a {@code presence_state}. */
    void answered(UserPresence state) {
        sent = state;
    }

    /** The user's presence was requested. */
    void asked() {
        quiet = true;
    }

    /** The answer to that request, ignored if the bus has brought a newer change meanwhile. */
    void found(UserPresence state) {
        if (quiet && change == null && !state.equals(sent)) {
            changed(state);
        }
    }

    private void changed(UserPresence state) {
        quiet = false;
        if (change == null) {
            watcher.changed(this);
        }
        change = state;
    }

    /** Takes what the session is sent now. */
    @Nullable
    UserPresence take() {
        UserPresence taken = change;
        change = null;
        if (taken != null) {
            sent = taken;
        }
        return taken;
    }
}
