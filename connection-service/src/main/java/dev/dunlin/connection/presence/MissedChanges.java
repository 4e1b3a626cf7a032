package dev.dunlin.connection.presence;

import dev.dunlin.connection.bus.BusTopics;
import dev.dunlin.connection.loop.Backoff;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannels;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.UserPresence;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * After the bus may have lost changes, asks for the presence of everybody who is watched on this node, and gives watchers what differs from what they were sent. Each user once,
 * however many watch it; as many at once as fit into one call, one call at a time; calls that fail are made again, after a pause that grows. Hub loop only.
 */
final class MissedChanges {
    /** So that the nodes do not begin at the same moment. */
    private static final Duration JITTER = Duration.ofMillis(500);

    private final BusTopics topics;
    private final PresenceQuery query;
    private final HubLoop loop;
    private final RandomGenerator random;
    private final ConnectionMetrics metrics;
    private final LinkedHashSet<UserId> due = new LinkedHashSet<>();
    private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));
    /** Whether a call is under way, or waits for its time. */
    private boolean busy;

    MissedChanges(
            BusTopics topics, PresenceQuery query, HubLoop loop, RandomGenerator random, ConnectionMetrics metrics) {
        this.topics = topics;
        this.query = query;
        this.loop = loop;
        this.random = random;
        this.metrics = metrics;
    }

    /** Starts to watch the bus. Once. */
    void start() {
        topics.onReconnect(this::suspectAll);
    }

    private void suspectAll() {
        topics.receivers(Watched.class).forEach(watched -> due.add(watched.user()));
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
        return topics.receivers(BusChannels.ofPresence(user), Watched.class);
    }
}
