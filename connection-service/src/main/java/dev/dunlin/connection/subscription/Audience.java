package dev.dunlin.connection.subscription;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Refusal;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of one channel: the attached ones, by loop, and those who wait to be attached.
 * Hub loop only.
 */
final class Audience {
    private final ChannelName channel;
    private final Set<Subscriber> waiting = new LinkedHashSet<>();
    /** By identity, which avoids an object for each entry. */
    private final IdentityHashMap<Subscriber, LoopSubscribers> present = new IdentityHashMap<>(2);

    private final Map<Executor, LoopSubscribers> loops = new HashMap<>();

    Audience(ChannelName channel) {
        this.channel = channel;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && present.isEmpty();
    }

    /** How many are attached. */
    int size() {
        return present.size();
    }

    boolean contains(Subscriber subscriber) {
        return waiting.contains(subscriber) || present.containsKey(subscriber);
    }

    void await(Subscriber subscriber) {
        waiting.add(subscriber);
    }

    /** Attaches all who wait. */
    void admit(@Nullable LogHead head) {
        for (Subscriber subscriber : waiting) {
            LoopSubscribers group = loops.computeIfAbsent(subscriber.loop(), LoopSubscribers::new);
            present.put(subscriber, group);
            group.add(channel, subscriber, head);
        }
        waiting.clear();
    }

    /** Refuses all who wait. */
    void refuse(Refusal why) {
        waiting.forEach(subscriber -> subscriber.loop().execute(() -> subscriber.refused(why)));
        waiting.clear();
    }

    void remove(Subscriber subscriber) {
        waiting.remove(subscriber);
        LoopSubscribers group = present.remove(subscriber);
        if (group != null) {
            group.remove(subscriber);
        }
    }

    /** The attached subscribers. */
    List<Subscriber> present() {
        return List.copyOf(present.keySet());
    }

    /** Sends events to all attached subscribers. */
    void events(List<LiveEvent> events) {
        loops.values().forEach(group -> group.events(events));
    }

    void each(Consumer<Subscriber> action) {
        loops.values().forEach(group -> group.each(action));
    }
}
