package dev.dunlin.connection.notice;

import dev.dunlin.connection.bus.BusSubscriptions;
import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.UserNotice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes to the notices of a user before the handshake fetches the user's channels, so that
 * none is missed in between. The first notices wait for the session. State belongs to the hub loop.
 */
public final class UserWatch implements Consumer<byte[]> {
    private static final Logger LOG = Logger.getLogger(UserWatch.class);
    private static final int MOST_EARLY = 1_000;

    private final UserId user;
    private final BusSubscriptions busSubscriptions;
    private final HubLoop loop;
    /** Null while there are none. */
    private @Nullable List<UserNotice> early;

    private @Nullable NoticeReceiver receiver;

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

    /** Passes on the notices that waited, and all later ones. Any thread. */
    public void bind(NoticeReceiver session) {
        loop.execute(() -> {
            receiver = session;
            if (early != null) {
                early.forEach(session::notice);
                early = null;
            }
        });
    }

    /** Ends the watch. Any thread; a second call has no effect. */
    public void stop() {
        loop.execute(() -> busSubscriptions.unsubscribe(BusChannel.ofUser(user), this));
    }

    /** Receives a notice from the bus. On the hub loop. */
    @Override
    public void accept(byte[] payload) {
        try {
            give(Json.read(payload, UserNotice.class));
        } catch (InvalidInput e) {
            LOG.warnf("Dropped a notice for %s: %s", user, e.getMessage());
        }
    }

    UserId user() {
        return user;
    }

    /**
     * Whether its session subscribes to channels that the user joins; true while there is no
     * session yet.
     */
    boolean followsMemberships() {
        return receiver == null || receiver.followsMemberships();
    }

    /** On the hub loop. */
    void give(UserNotice notice) {
        if (receiver != null) {
            receiver.notice(notice);
        } else {
            keep(notice);
        }
    }

    private void keep(UserNotice notice) {
        if (early == null) {
            early = new ArrayList<>(1);
        }
        if (early.size() < MOST_EARLY) {
            early.add(notice);
        }
    }
}
