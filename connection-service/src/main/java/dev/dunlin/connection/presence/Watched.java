package dev.dunlin.connection.presence;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.UserPresence;
import org.jspecify.annotations.Nullable;

/**
 * One user whom a session watches: the presence sent last, and a change not yet sent. While the
 * session waits for a {@code presence_state}, changes wait, too: that frame may be older. Hub loop
 * only.
 */
final class Watched {
    private final Watcher watcher;
    private final UserId user;
    private @Nullable UserPresence sent;
    private @Nullable UserPresence change;
    /** How many changes have come. */
    private int changes;
    /** How many questions of the session about the user have no answer. */
    private int questions;
    /** Whether the watcher knows of {@link #change}. */
    private boolean queued;

    Watched(Watcher watcher, UserId user) {
        this.watcher = watcher;
        this.user = user;
    }

    UserId user() {
        return user;
    }

    /** The user has this presence now. */
    void changed(UserPresence state) {
        changes++;
        change = state;
        queue();
    }

    /** The session asks for the user's presence: changes wait for {@link #answered}. */
    void asks() {
        questions++;
    }

    /** How many changes have come, to hand to {@link #answered}. */
    int changes() {
        return changes;
    }

    /**
     * The session was sent an answer.
     *
     * @param state null if the question has failed
     * @param changesBefore {@link #changes} when presence-service was asked: what came before is in
     *     the answer
     */
    void answered(@Nullable UserPresence state, int changesBefore) {
        questions--;
        if (state != null) {
            sent = state;
            if (changes == changesBefore) {
                change = null;
            }
        }
        queue();
    }

    private void queue() {
        if (change != null && questions == 0 && !queued) {
            queued = true;
            watcher.changed(this);
        }
    }

    /** Takes what the session is sent now; null if it was sent the same last. */
    @Nullable
    UserPresence take() {
        queued = false;
        if (questions > 0) {
            return null;
        }
        UserPresence taken = change;
        change = null;
        if (taken == null || taken.equals(sent)) {
            return null;
        }
        sent = taken;
        return taken;
    }

    /** The watch has ended: nothing more is sent. */
    void ended() {
        change = null;
    }
}
