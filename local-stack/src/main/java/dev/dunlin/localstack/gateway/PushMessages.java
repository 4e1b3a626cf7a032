package dev.dunlin.localstack.gateway;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The subscriptions of the local Web Push service, and the messages that wait for them, in memory.
 * A message goes to the pages that listen. If there are none it waits until its TTL ends. At most
 * {@value #MOST_WAITING} wait for a subscription; then the oldest is dropped. Thread-safe.
 */
final class PushMessages {
    /** The most subscriptions. One that nobody listens to makes room for a new one. */
    static final int MOST_SUBSCRIPTIONS = 1_000;

    private static final int MOST_WAITING = 100;
    private static final String EVENT = "push";

    private final Clock clock;
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final Set<String> removed = new LinkedHashSet<>();
    private long number;

    PushMessages(Clock clock) {
        this.clock = clock;
    }

    /** Whether there is a subscription. */
    enum State {
        THERE,
        /** It never was there, or had to make room. */
        UNKNOWN,
        /** It was removed. */
        GONE,
        /** There are too many, and somebody listens to each. */
        FULL
    }

    /**
     * A message for a subscription.
     *
     * @param data the body in base64url
     * @param ttl seconds to wait for a page; with 0 it does not wait
     * @param topic replaces a waiting message with the same one
     */
    record Message(String data, long ttl, Optional<String> topic) {}

    private record Waiting(String data, Optional<String> topic, Instant until) {}

    private static final class Subscription {
        private final Set<EventStream> listeners = new LinkedHashSet<>();
        private final Deque<Waiting> waiting = new ArrayDeque<>();
    }

    /** Makes a subscription; one that is there stays as it is. Returns THERE, GONE or FULL. */
    synchronized State subscribe(String id) {
        if (removed.contains(id)) {
            return State.GONE;
        }
        if (!subscriptions.containsKey(id)) {
            if (subscriptions.size() >= MOST_SUBSCRIPTIONS && !makeRoom()) {
                return State.FULL;
            }
            subscriptions.put(id, new Subscription());
        }
        return State.THERE;
    }

    /** Sends what waits, and then each message. The subscription must be there. */
    synchronized void listen(String id, EventStream listener) {
        Subscription subscription = subscriptions.get(id);
        if (subscription == null) {
            return;
        }
        Instant now = clock.instant();
        subscription.waiting.removeIf(one -> !one.until().isAfter(now) || listener.send(EVENT, one.data()));
        subscription.listeners.add(listener);
    }

    /** Ends what {@link #listen} began. */
    synchronized void leave(String id, EventStream listener) {
        Subscription subscription = subscriptions.get(id);
        if (subscription != null) {
            subscription.listeners.remove(listener);
        }
    }

    /** Removes a subscription for good. Returns what it was: THERE, UNKNOWN or GONE. */
    synchronized State remove(String id) {
        if (removed.contains(id)) {
            return State.GONE;
        }
        if (subscriptions.remove(id) == null) {
            return State.UNKNOWN;
        }
        removed.add(id);
        if (removed.size() > MOST_SUBSCRIPTIONS) {
            Iterator<String> oldest = removed.iterator();
            oldest.next();
            oldest.remove();
        }
        return State.THERE;
    }

    /** Whether there is a subscription: THERE, UNKNOWN or GONE. */
    synchronized State find(String id) {
        return subscriptions.containsKey(id) ? State.THERE : removed.contains(id) ? State.GONE : State.UNKNOWN;
    }

    /** Sends a message or keeps it. Returns its number; the subscription must be there. */
    synchronized long accept(String id, Message message) {
        Subscription subscription = subscriptions.get(id);
        if (subscription != null) {
            subscription.listeners.removeIf(listener -> !listener.send(EVENT, message.data()));
            if (subscription.listeners.isEmpty() && message.ttl() > 0) {
                keep(subscription.waiting, message);
            }
        }
        return ++number;
    }

    private void keep(Deque<Waiting> waiting, Message message) {
        Instant now = clock.instant();
        waiting.removeIf(one -> !one.until().isAfter(now)
                || (message.topic().isPresent() && one.topic().equals(message.topic())));
        if (waiting.size() >= MOST_WAITING) {
            waiting.removeFirst();
        }
        waiting.addLast(new Waiting(message.data(), message.topic(), now.plusSeconds(message.ttl())));
    }

    private boolean makeRoom() {
        Iterator<Subscription> oldest = subscriptions.values().iterator();
        while (oldest.hasNext()) {
            if (oldest.next().listeners.isEmpty()) {
                oldest.remove();
                return true;
            }
        }
        return false;
    }
}
