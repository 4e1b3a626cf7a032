package dev.dunlin.connection.notice;

import dev.dunlin.connection.access.ChannelDirectory;
import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.edge.Backoff;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.UserNotice;
import dev.dunlin.protocol.http.MembershipList;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes up for notices that the bus may have lost: fetches the memberships of every user on this
 * node, and gives their sessions a notice of each channel. Runs a few calls at a time, one for each
 * user, and retries a failed one after a growing pause. It does not find channels that a user has
 * left: the access checks do. Hub loop only.
 */
public final class MissedNotices {
    private static final int CALLS_AT_ONCE = 8;
    /** Keeps the nodes from starting at the same moment. */
    private static final Duration JITTER = Duration.ofMillis(500);

    private final BusSubscriptions busSubscriptions;
    private final ChannelDirectory directory;
    private final HubLoop loop;
    private final RandomGenerator random;
    private final ConnectionMetrics metrics;
    private final LinkedHashSet<UserId> due = new LinkedHashSet<>();
    private final Backoff backoff = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5));
    private int running;
    private boolean waiting;

    public MissedNotices(
            BusSubscriptions busSubscriptions,
            ChannelDirectory directory,
            HubLoop loop,
            RandomGenerator random,
            ConnectionMetrics metrics) {
        this.busSubscriptions = busSubscriptions;
        this.directory = directory;
        this.loop = loop;
        this.random = random;
        this.metrics = metrics;
    }

    /** Starts to listen for reconnects of the bus. Call it once. */
    public void start() {
        busSubscriptions.onReconnect(this::suspectAll);
    }

    private void suspectAll() {
        for (NoticeReceiver receiver : busSubscriptions.receivers(NoticeReceiver.class)) {
            if (receiver.followsMemberships()) {
                due.add(receiver.user());
            }
        }
        pause(Duration.ofMillis(random.nextLong(JITTER.toMillis())));
    }

    private void pause(Duration pause) {
        if (!waiting) {
            waiting = true;
            loop.after(pause, () -> {
                waiting = false;
                ask();
            });
        }
    }

    private void ask() {
        while (!waiting && running < CALLS_AT_ONCE && !due.isEmpty()) {
            UserId user = due.removeFirst();
            if (!receivers(user).isEmpty()) {
                running++;
                metrics.membershipsAsked();
                var unused = directory
                        .memberships(user)
                        .whenComplete((channels, failure) -> loop.execute(() -> {
                            running--;
                            answered(user, channels);
                        }));
            }
        }
    }

    private void answered(UserId user, @Nullable MembershipList own) {
        if (own == null) {
            due.add(user);
            if (!waiting) {
                pause(backoff.next()); // the calls of one moment fail together, and count as one
            }
            return;
        }
        backoff.reset();
        for (NoticeReceiver receiver : receivers(user)) {
            own.channels().forEach(channel -> receiver.notice(new UserNotice.Joined(channel.channel())));
        }
        ask();
    }

    private List<NoticeReceiver> receivers(UserId user) {
        return busSubscriptions.receivers(BusChannel.ofUser(user), NoticeReceiver.class);
    }
}
