package dev.dunlin.connection.channelpresence;

import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.connection.subscription.SubscribedSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of this node that follow one channel. A frame is one array for all of them, and one
 * task for each event loop. Bounded by the subscriptions to the channel. Hub loop only.
 */
final class Followers {
    /** How long a slow follower waits before it is tried again. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final HubLoop loop;
    private final Consumer<Follower> refresh;
    private final Map<SubscribedSession, Follower> all = new LinkedHashMap<>();
    private boolean retrying;

    /** {@code refresh}: sends the state as it is now to a follower that missed a frame. */
    Followers(HubLoop loop, Consumer<Follower> refresh) {
        this.loop = loop;
        this.refresh = refresh;
    }

    Follower of(SubscribedSession subscription) {
        return all.computeIfAbsent(subscription, Follower::new);
    }

    @Nullable
    Follower find(SubscribedSession subscription) {
        return all.get(subscription);
    }

    void remove(SubscribedSession subscription) {
        all.remove(subscription);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    Collection<Follower> all() {
        return List.copyOf(all.values());
    }

    /** Sends a frame to those that are up to date. */
    void send(byte[] frame, Predicate<Follower> to) {
        Map<Executor, List<Follower>> byLoop = new HashMap<>();
        all.values().stream()
                .filter(follower -> !follower.stale && to.test(follower))
                .forEach(follower -> byLoop.computeIfAbsent(
                                follower.subscription.session().loop(), key -> new ArrayList<>())
                        .add(follower));
        byLoop.forEach((sessions, some) -> sessions.execute(() -> some.forEach(follower -> {
            if (!follower.send(frame)) {
                loop.execute(() -> missed(follower));
            }
        })));
    }

    /** Sends a frame to one of them. */
    void sendTo(Follower follower, byte[] frame) {
        follower.subscription.session().loop().execute(() -> {
            if (!follower.send(frame)) {
                loop.execute(() -> missed(follower));
            }
        });
    }

    /** A follower missed a frame, or cannot take one now: it is refreshed when it can. */
    void missed(Follower follower) {
        follower.stale = true;
        if (!retrying) {
            retrying = true;
            loop.after(PAUSE, this::retry);
        }
    }

    private void retry() {
        retrying = false;
        all().stream()
                .filter(follower -> follower.stale)
                .forEach(follower -> follower.subscription.session().loop().execute(() -> {
                    boolean ready = follower.ready();
                    loop.execute(() -> tried(follower, ready));
                }));
    }

    private void tried(Follower follower, boolean ready) {
        if (all.get(follower.subscription) == follower) {
            if (ready) {
                follower.stale = false;
                refresh.accept(follower);
            } else {
                missed(follower);
            }
        }
    }
}
