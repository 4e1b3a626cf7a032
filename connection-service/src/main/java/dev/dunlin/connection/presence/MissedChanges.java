package dev.dunlin.connection.presence;

import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.edge.Backoff;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.UserPresence;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes up for presence changes that the bus may have lost: fetches the presence of every user who
 * is watched on this node, and sends watchers what differs from what they were sent. Fetches each
 * user once, one full call at a time, and retries a failed call after a growing pause. Hub loop
 * only.
 */
final class MissedChanges {
    /** Keeps the nodes from starting at the same moment. */
    private static final Duration JITTER = Duration.ofMillis(500);

    private final BusSubscriptions busSubscriptions;
    private final PresenceQuery query;
    private final HubLoop loop;
    private final RandomGenerator random;
    private final ConnectionMetrics metrics;
    private final LinkedHashSet<UserId> due = new LinkedHashSet<>();
    private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));
    /** Whether a call is running or scheduled. */
    private boolean busy;

    MissedChanges(
            BusSubscriptions busSubscriptions,
            PresenceQuery query,
            HubLoop loop,
            RandomGenerator random,
            ConnectionMetrics metrics) {
        this.busSubscriptions = busSubscriptions;
        this.query = query;
        this.loop = loop;
        this.random = random;
        this.metrics = metrics;
    }

    /** Starts to listen for reconnects of the bus. Call it once. */
    void start() {
        busSubscriptions.onReconnect(this::suspectAll);
    }

    private void suspectAll() {
        busSubscriptions.receivers(Watched.class).forEach(watched -> due.add(watched.user()));
        if (!busy) {
            pause(Duration.ofMillis(random.nextLong(JITTER.toMillis())));
        }
    }

    private void pause(Duration pause) {
        busy = true;
        loop.after(pause, this::ask);
    }

    private void ask() {
        List<UserId> users = due.stream().limit(ClientFrame.MAX_PRESENCE_USERS).toList();
        busy = !users.isEmpty();
        if (busy) {
            users.forEach(due::remove);
            users.forEach(user -> watchesOf(user).forEach(Watched::asked));
            metrics.presenceAsked(users.size());
            var unused = query.presence(users)
                    .whenComplete((states, failure) -> loop.execute(() -> answered(users, states)));
        }
    }

    private void answered(List<UserId> users, @Nullable List<UserPresence> states) {
        if (states == null) {
            due.addAll(users);
            pause(backoff.next());
            return;
        }
        backoff.reset();
        states.forEach(state -> watchesOf(state.user()).forEach(watched -> watched.found(state)));
        ask();
    }

    private List<Watched> watchesOf(UserId user) {
        return busSubscriptions.receivers(BusChannel.ofPresence(user), Watched.class);
    }
}
