package dev.dunlin.connection.subscription;

import dev.dunlin.protocol.ChannelName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions by channel. Most sessions have one, which is kept without a map. It is a superclass
 * and not a part of {@link SessionSubscriptions}, so that a session has one object less. On the
 * session's loop.
 */
abstract sealed class SubscriptionTable permits SessionSubscriptions {
    /** The only one; null if there are none or several. */
    private @Nullable Subscription only;
    /**
     * Null while there is at most one. Its keys are the hub's copies of the names once attached.
     */
    private @Nullable Map<ChannelName, Subscription> several;

    @Nullable
    Subscription find(ChannelName channel) {
        if (several != null) {
            return several.get(channel);
        }
        return only != null && only.channel().equals(channel) ? only : null;
    }

    int size() {
        return several != null ? several.size() : only == null ? 0 : 1;
    }

    /** A copy: a subscription may be removed meanwhile. */
    List<Subscription> all() {
        if (several != null) {
            return List.copyOf(several.values());
        }
        return only == null ? List.of() : List.of(only);
    }

    /** Adds a subscription to a channel that has none. */
    void put(ChannelName channel, Subscription subscription) {
        if (several == null && only == null) {
            only = subscription;
            return;
        }
        if (several == null) {
            several = new HashMap<>(4);
        }
        if (only != null) {
            several.put(only.channel(), only);
            only = null;
        }
        several.put(channel, subscription);
    }

    /** Removes a subscription. Returns whether it was there. */
    boolean remove(ChannelName channel, Subscription subscription) {
        if (several == null) {
            boolean there = only == subscription;
            only = there ? null : only;
            return there;
        }
        boolean removed = several.remove(channel, subscription);
        several = several.isEmpty() ? null : several;
        return removed;
    }

    void clear() {
        only = null;
        several = null;
    }
}
