package dev.dunlin.connection.subscription;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The subscribers of one channel on one event loop: an event costs one task for the loop, not one for each link. Called on the hub loop. */
final class LoopSubscribers {
    private final Executor loop;
    /** Touched on {@link #loop} only. */
    private final Set<Subscriber> subscribers = new LinkedHashSet<>();

    LoopSubscribers(Executor loop) {
        this.loop = loop;
    }

    void add(Subscriber subscriber, @Nullable LogHead head) {
        loop.execute(() -> {
            subscribers.add(subscriber);
            subscriber.attached(head);
        });
    }

    void remove(Subscriber subscriber) {
        loop.execute(() -> subscribers.remove(subscriber));
    }

    void each(Consumer<Subscriber> action) {
        loop.execute(() -> List.copyOf(subscribers).forEach(action));
    }
}
