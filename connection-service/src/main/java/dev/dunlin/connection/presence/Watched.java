package dev.dunlin.connection.presence;

import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One user whom one session watches: what the session was last sent, and what it was not sent yet. Hub loop only. */
final class Watched implements Consumer<byte[]> {
    private static final Logger LOG = Logger.getLogger(Watched.class);

    private final Watcher watcher;
    private final UserId user;
    private @Nullable UserPresence sent;
    private @Nullable UserPresence change;
    /** Whether no change came since the presence was asked for. */
    private boolean quiet;

    Watched(Watcher watcher, UserId user) {
        this.watcher = watcher;
        this.user = user;
    }

    UserId user() {
        return user;
    }

    /** What the bus brings. */
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

    /** The user's presence is being asked for. */
    void asked() {
        quiet = true;
    }

    /** The answer: it counts unless the bus has brought a change meanwhile, which is newer. */
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

    /** What the session is sent now. */
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
