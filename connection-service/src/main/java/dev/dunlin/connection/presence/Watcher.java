package dev.dunlin.connection.presence;

import dev.dunlin.connection.session.Session;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The users that one session watches. Hub loop only. */
final class Watcher {
    private final Session session;
    private final ChangeFrames frames;
    private final Map<UserId, Watched> watched = new HashMap<>();
    private final List<Watched> changed = new ArrayList<>();
    /** Whether a frame was sent a moment ago, so that the next one waits. */
    private boolean pausing;

    Watcher(Session session, ChangeFrames frames) {
        this.session = session;
        this.frames = frames;
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
        watched.values().forEach(Watched::ended);
        return watched.values();
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
