package dev.dunlin.connection.notice;

import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.UserNotice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Subscribes to the notices of a user before the handshake fetches the user's channels, so that
 * none is missed in between. The first notices wait for the session, which then takes its place and
 * leaves nothing of it. State belongs to the hub loop.
 */
public final class UserWatch implements NoticeReceiver {
    private static final int MAX_EARLY = 1_000;

    private final UserId user;
    private final BusSubscriptions busSubscriptions;
    private final HubLoop loop;
    private final List<UserNotice> early = new ArrayList<>(0);

    private UserWatch(UserId user, BusSubscriptions busSubscriptions, HubLoop loop) {
        this.user = user;
        this.busSubscriptions = busSubscriptions;
        this.loop = loop;
    }

    /**
     * Starts. Any thread. Completes on the hub loop when no notice will be missed; fails if the bus
     * is unreachable.
     */
    public static CompletionStage<UserWatch> start(UserId user, BusSubscriptions busSubscriptions, HubLoop loop) {
        UserWatch watch = new UserWatch(user, busSubscriptions, loop);
        CompletableFuture<UserWatch> started = new CompletableFuture<>();
        loop.execute(() -> {
            var unused = busSubscriptions
                    .subscribe(BusChannel.ofUser(user), watch)
                    .whenComplete((confirmed, failure) -> {
                        if (failure == null) {
                            started.complete(watch);
                        } else {
                            watch.stop();
                            started.completeExceptionally(failure);
                        }
                    });
        });
        return started;
    }

    /** Hands the notices that waited, and all later ones, to the session. Any thread. */
    public void bind(NoticeReceiver session) {
        loop.execute(() -> {
            if (busSubscriptions.replace(BusChannel.ofUser(user), this, session)) {
                early.forEach(session::notice);
            }
        });
    }

    /** Ends the watch, unless a session has taken its place. Any thread. */
    public void stop() {
        loop.execute(() -> busSubscriptions.unsubscribe(BusChannel.ofUser(user), this));
    }

    @Override
    public UserId user() {
        return user;
    }

    /** True, because it is not known of the session yet. */
    @Override
    public boolean followsMemberships() {
        return true;
    }

    @Override
    public void notice(UserNotice notice) {
        if (early.size() < MAX_EARLY) {
            early.add(notice);
        }
    }
}
