package dev.dunlin.connection.subscription;

import dev.dunlin.protocol.ChannelName;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of one channel on one event loop, in an array. An event costs one task for each
 * loop instead of one for each link. Events of a large channel that come while the loop is busy
 * share a task, so each link gets them together. Called on the hub loop.
 */
final class LoopSubscribers {
    private final Executor loop;
    /** Like {@link #count}, touched on {@link #loop} only. */
    private @Nullable Subscriber[] subscribers = new Subscriber[2];

    private int count;
    /** The newest task of the loop, if it takes further events. On the hub loop. */
    private @Nullable QueuedEvents queued;

    LoopSubscribers(Executor loop) {
        this.loop = loop;
    }

    void add(ChannelName channel, Subscriber subscriber, @Nullable LogHead head) {
        queued = null;
        loop.execute(() -> {
            if (count == subscribers.length) {
                subscribers = Arrays.copyOf(subscribers, count + count / 2 + 1);
            }
            subscribers[count++] = subscriber;
            subscriber.attached(channel, head);
        });
    }

    void remove(Subscriber subscriber) {
        queued = null;
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

    void each(Consumer<Subscriber> action) {
        queued = null;
        loop.execute(() -> now(action));
    }

    /** Sends events, after those of before and together with them if the loop is behind. */
    void events(List<LiveEvent> events) {
        if (queued == null || !queued.add(events)) {
            QueuedEvents next = new QueuedEvents(events);
            queued = next;
            loop.execute(() -> next.take().forEach(batch -> now(batch::sendTo)));
        }
    }

    /** A subscriber that the action removes is removed by a later task. */
    private void now(Consumer<Subscriber> action) {
        for (int i = count - 1; i >= 0; i--) {
            Subscriber subscriber = subscribers[i];
            if (subscriber != null) {
                action.accept(subscriber);
            }
        }
    }
}
