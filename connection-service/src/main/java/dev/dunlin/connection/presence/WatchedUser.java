package dev.dunlin.connection.presence;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A user whom sessions of this node watch. It ends with the last watch; a later one has a new
 * object. Hub loop only.
 */
final class WatchedUser {
    private final UserId user;
    private final Set<Watched> watches = new HashSet<>(2);
    /** Whether no change has come since the presence was requested. */
    private boolean quiet;

    WatchedUser(UserId user) {
        this.user = user;
    }

    UserId user() {
        return user;
    }

    void add(Watched watch) {
        watches.add(watch);
    }

    void remove(Watched watch) {
        watches.remove(watch);
    }

    /** Whether anybody watches the user. */
    boolean watched() {
        return !watches.isEmpty();
    }

    /** A change came from the bus. */
    void changed(UserPresence state) {
        quiet = false;
        watches.forEach(watch -> watch.changed(state));
    }

    /** The user changed who may see it. */
    void recheck() {
        List.copyOf(watches).forEach(watch -> watch.watcher().recheck(watch));
    }

    /** The user's presence was requested. */
    void asked() {
        quiet = true;
        watches.forEach(Watched::nodeAsks);
    }

    /** Whether no change has come since the presence was requested. */
    boolean quiet() {
        return quiet;
    }

    /** The answer to that request, ignored if the bus has brought a newer change meanwhile. */
    void found(UserPresence state) {
        if (quiet) {
            watches.forEach(watch -> watch.found(state));
        }
    }
}
