package dev.dunlin.connection.subscription;

import dev.dunlin.protocol.ChannelName;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of one channel on one event loop, in an array. An event costs one task for each
 * loop instead of one for each link. Called on the hub loop.
 */
final class LoopSubscribers {
    private final ChannelName channel;
    private final Executor loop;
    /** Like {@link #count}, touched on {@link #loop} only. */
    private @Nullable Subscriber[] subscribers = new Subscriber[2];

    private int count;

    LoopSubscribers(ChannelName channel, Executor loop) {
        this.channel = channel;
        this.loop = loop;
    }

    void add(Subscriber subscriber, @Nullable LogHead head) {
        loop.execute(() -> {
            if (count == subscribers.length) {
                subscribers = Arrays.copyOf(subscribers, count + count / 2 + 1);
            }
            subscribers[count++] = subscriber;
            subscriber.attached(channel, head);
        });
    }

    void remove(Subscriber subscriber) {
        loop.execute(() -> {
            int at = 0;
            while (at < count && subscribers[at] != subscriber) {
                at++;
            }
            if (at < count) {
                count--;
                subscribers[at] = subscribers[count]; // their order does not matter
                subscribers[count] = null;
            }
        });
    }

    /** A subscriber that the action removes is removed by a later task. */
    void each(Consumer<Subscriber> action) {
        loop.execute(() -> {
            for (int i = count - 1; i >= 0; i--) {
                Subscriber subscriber = subscribers[i];
                if (subscriber != null) {
                    action.accept(subscriber);
                }
            }
        });
    }
}
