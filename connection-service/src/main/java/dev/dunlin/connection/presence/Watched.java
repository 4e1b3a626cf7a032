package dev.dunlin.connection.presence;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import org.jspecify.annotations.Nullable;

/**
 * One user whom a session watches: the presence sent last, and a change not yet sent. While the
 * session waits for a {@code presence_state}, changes wait, too: that frame may be older. Of a user
 * who is hidden from the session no change is sent. Hub loop only.
 */
final class Watched {
    private final Watcher watcher;
    private final UserId user;
    private @Nullable UserPresence sent;
    private @Nullable UserPresence change;
    /** The newest change of all, also while the user is hidden. */
    private @Nullable UserPresence newest;
    /** How many changes have come. */
    private int changes;
    /** Whether the session asked after its node did, for what the node may have missed. */
    private boolean askedLater;
    /** What the node found then, in case that the session gets no answer. */
    private @Nullable UserPresence found;
    /** How many questions of the session about the user have no answer. */
    private int questions;
    /** Whether the watcher knows of {@link #change}. */
    private boolean queued;
    /** Whether the session may not see the user. Until that is known, nothing is sent. */
    private boolean hidden = true;
    /** Whether the watch has ended. */
    private boolean over;

    Watched(Watcher watcher, UserId user) {
        this.watcher = watcher;
        this.user = user;
    }

    UserId user() {
        return user;
    }

    Watcher watcher() {
        return watcher;
    }

    /** Others see the user like this now. */
    void changed(UserPresence state) {
        changes++;
        newest = state;
        if (watcher.seesAsItIs(user)) {
            watcher.recheck(this);
        } else if (!hidden) {
            change = state;
            queue();
        }
    }

    /** The node asks for what it may have missed. */
    void nodeAsks() {
        askedLater = false;
    }

    /** The node has found this. What the session asked for later is newer. */
    void found(UserPresence state) {
        if (!askedLater) {
            changed(state);
        } else if (questions > 0) {
            found = state;
        }
    }

    /** Asks for the user's presence: changes wait for {@link #answered}. */
    void asks() {
        questions++;
        askedLater = true;
    }

    /** How many changes have come, to hand to {@link #answered}. */
    int changes() {
        return changes;
    }

    /**
     * The session was sent an answer.
     *
     * @param state absent if nothing is known of the user
     * @param isHidden whether the session may not see the user
     * @param changesBefore {@link #changes} when presence-service was asked: what came before is in
     *     the answer
     */
    void answered(@Nullable UserPresence state, boolean isHidden, int changesBefore) {
        questions--;
        if (state != null) {
            sent = state;
            hidden = isHidden;
            change = isHidden || changes == changesBefore ? null : newest;
            found = null;
        }
        queue();
    }

    /**
     * It was checked what the session may see, as {@link #answered}; it has not been sent. Of a
     * user of whom nothing is known for now a change follows.
     */
    void checked(UserPresence state, boolean isHidden, int changesBefore) {
        hidden = isHidden;
        if (state.status() == Status.UNKNOWN) {
            unchecked();
            return;
        }
        questions--;
        change = isHidden || changes == changesBefore || watcher.seesAsItIs(user) ? state : newest;
        found = null;
        queue();
    }

    /** There is no answer. */
    void unchecked() {
        questions--;
        UserPresence kept = found;
        found = null;
        if (kept != null) {
            changed(kept);
        }
        queue();
    }

    private void queue() {
        if (over) {
            change = null;
        }
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
        over = true;
        change = null;
    }
}
