package dev.dunlin.connection.presence;

import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.edge.Backoff;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes up for presence changes that the bus may have lost: fetches the presence of watched users,
 * and sends watchers what differs from what they were sent. Fetches each user once, one full call
 * at a time, and retries a failed call after a growing pause. A user of whom presence-service knows
 * nothing for now is fetched again until it does. Hub loop only.
 */
final class MissedChanges {
    /** Keeps the nodes from starting at the same moment. */
    private static final Duration JITTER = Duration.ofMillis(500);

    private final PresenceQuery query;
    private final HubLoop loop;
    private final RandomGenerator random;
    private final ConnectionMetrics metrics;
    private final Set<WatchedUser> due = new LinkedHashSet<>();
    private final Set<WatchedUser> unknown = new LinkedHashSet<>();
    private final Backoff failures = backoff();
    private final Backoff unknownAnswers = backoff();
    /** Whether a call is running or scheduled. */
    private boolean busy;

    MissedChanges(PresenceQuery query, HubLoop loop, RandomGenerator random, ConnectionMetrics metrics) {
        this.query = query;
        this.loop = loop;
        this.random = random;
        this.metrics = metrics;
    }

    private static Backoff backoff() {
        return new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));
    }

    /** Changes of these users may be lost. */
    void suspect(Collection<WatchedUser> users) {
        due.addAll(users);
        if (!busy && !due.isEmpty()) {
            pause(Duration.ofMillis(random.nextLong(JITTER.toMillis())));
        }
    }

    /** Presence-service knows nothing of this user for now. */
    void unknown(WatchedUser user) {
        if (unknown.isEmpty()) {
            loop.after(unknownAnswers.next(), this::askForUnknown);
        }
        unknown.add(user);
    }

    private void askForUnknown() {
        due.addAll(unknown);
        unknown.clear();
        if (!busy) {
            ask();
        }
    }

    private void pause(Duration pause) {
        busy = true;
        loop.after(pause, this::ask);
    }

    private void ask() {
        List<WatchedUser> asked = takeDue();
        busy = !asked.isEmpty();
        if (busy) {
            asked.forEach(WatchedUser::asked);
            metrics.presenceAsked(asked.size());
            var unused = query.shown(asked.stream().map(WatchedUser::user).toList())
                    .whenComplete((states, failure) -> loop.execute(() -> answered(asked, states)));
        }
    }

    private List<WatchedUser> takeDue() {
        List<WatchedUser> taken = new ArrayList<>();
        Iterator<WatchedUser> all = due.iterator();
        while (all.hasNext() && taken.size() < PresenceQuery.MOST) {
            WatchedUser next = all.next();
            all.remove();
            if (next.watched()) {
                taken.add(next);
            }
        }
        return taken;
    }

    private void answered(List<WatchedUser> asked, @Nullable List<UserPresence> states) {
        if (states == null) {
            due.addAll(asked);
            pause(failures.next());
            return;
        }
        failures.reset();
        Map<UserId, UserPresence> found = new HashMap<>();
        states.forEach(state -> found.put(state.user(), state));
        for (WatchedUser user : asked) {
            UserPresence state = found.get(user.user());
            if (state != null) {
                answered(user, state);
            }
        }
        if (unknown.isEmpty()) {
            unknownAnswers.reset();
        }
        ask();
    }

    private void answered(WatchedUser user, UserPresence state) {
        if (state.status() != Status.UNKNOWN) {
            user.found(state);
        } else if (user.quiet()) {
            unknown(user);
        }
    }
}
