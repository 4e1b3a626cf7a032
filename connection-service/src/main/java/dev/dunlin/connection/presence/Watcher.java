package dev.dunlin.connection.presence;

import dev.dunlin.connection.session.Session;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.UserPresence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The users that one session watches. Hub loop only. */
final class Watcher {
    private final Session session;
    private final ChangeFrames frames;
    private final VisibilityChecks checks;
    private final Map<UserId, Watched> watched = new HashMap<>();
    private final List<Watched> changed = new ArrayList<>();
    /** Whether contacts are watched who come to be. */
    private boolean contacts;
    /** When it was checked last whom the session may see, in nanoseconds of the loop. */
    private long checkedAt;
    /** Whether that was before something may have been missed. */
    private boolean outOfDate;
    /** Whether a frame was sent a moment ago, so that the next one waits. */
    private boolean pausing;

    Watcher(Session session, ChangeFrames frames, VisibilityChecks checks, long now) {
        this.session = session;
        this.frames = frames;
        this.checks = checks;
        this.checkedAt = now;
    }

    Session session() {
        return session;
    }

    /** Who wants to see; absent for a back end, which sees everybody. */
    @Nullable
    UserId viewer() {
        return session.identity().grants().server() ? null : session.user();
    }

    /** Whether the session sees the user as it is, and not as others do. */
    boolean seesAsItIs(UserId user) {
        UserId viewer = viewer();
        return viewer == null || viewer.equals(user);
    }

    /** Whether contacts are watched who come to be. */
    boolean contacts() {
        return contacts;
    }

    void contacts(boolean follow) {
        contacts = follow;
    }

    /** Notices may have been missed. */
    void checkSoon() {
        outOfDate = true;
    }

    /** Whether what the session may see is to be checked now; from then on it is not. */
    boolean takeTurn(long now, Duration every) {
        boolean due = outOfDate || now - checkedAt >= every.toNanos();
        if (due) {
            checkedAt = now;
            outOfDate = false;
        }
        return due;
    }

    /** It must be checked whether the session may see the user. */
    void recheck(Watched one) {
        checks.check(this, List.of(one));
    }

    /** All watched users. */
    Collection<Watched> all() {
        return watched.values();
    }

    /** How many users it would watch, together with these. */
    int sizeWith(Collection<UserId> users) {
        return watched.size()
                + (int) users.stream()
                        .distinct()
                        .filter(user -> !watched.containsKey(user))
                        .count();
    }

    /** Empty if the user is already watched. */
    Optional<Watched> add(UserId user) {
        if (watched.containsKey(user)) {
            return Optional.empty();
        }
        Watched added = new Watched(this, user);
        watched.put(user, added);
        return Optional.of(added);
    }

    Optional<Watched> find(UserId user) {
        return Optional.ofNullable(watched.get(user));
    }

    Optional<Watched> remove(UserId user) {
        Optional<Watched> removed = Optional.ofNullable(watched.remove(user));
        removed.ifPresent(Watched::ended);
        return removed;
    }

    /** The session has ended: ends all watches, and returns them. */
    Collection<Watched> end() {
        List<Watched> ended = List.copyOf(watched.values());
        ended.forEach(Watched::ended);
        watched.clear();
        return ended;
    }

    /** One of the watched users has a change that is not sent yet. */
    void changed(Watched one) {
        changed.add(one);
        if (!pausing && changed.size() == 1) {
            frames.send(this);
        }
    }

    /** Sends the changes. Returns whether there were any; then {@link #resume} must follow. */
    boolean send() {
        List<UserPresence> taken =
                changed.stream().map(Watched::take).filter(Objects::nonNull).toList();
        changed.clear();
        if (taken.isEmpty()) {
            return false;
        }
        pausing = true;
        byte[] frame = Json.write(new ServerFrame.Presence(taken));
        session.loop().execute(() -> session.outbox().offerEphemeral(frame));
        return true;
    }

    /** The pause after a frame is over. */
    void resume() {
        pausing = false;
        if (!changed.isEmpty()) {
            frames.send(this);
        }
    }
}
