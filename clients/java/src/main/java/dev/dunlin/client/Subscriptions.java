package dev.dunlin.client;

import dev.dunlin.client.loop.EventLoop;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The channels of a client. On the loop only. */
final class Subscriptions {
    private final EventLoop loop;
    private final Subscription.Suite suite;
    private final ClientListener listener;
    private final int mostRepaired;
    private final Map<ChannelName, Subscription> byChannel = new HashMap<>();
    /** Left, but events may still be on their way. */
    private final Set<ChannelName> left = new HashSet<>();

    Subscriptions(EventLoop loop, Subscription.Suite suite, ClientListener listener, int mostRepaired) {
        this.mostRepaired = mostRepaired;
        this.loop = loop;
        this.suite = suite;
        this.listener = listener;
    }

    /**
     * Subscribes; {@code after} null means from now on, or from where this client is if it was
     * subscribed before.
     */
    CompletableFuture<ServerFrame.Subscribed> subscribe(ChannelName channel, @Nullable StreamPosition after) {
        left.remove(channel);
        Subscription known = find(channel);
        if (known == null || after != null) {
            if (known != null) {
                known.end(new RequestFailed(ErrorCode.CONFLICT, "subscribed anew at another position"));
            }
            known = add(channel, after);
        }
        CompletableFuture<ServerFrame.Subscribed> done = known.whenSubscribed();
        known.request();
        return done;
    }

    /** Stops surfacing a channel. */
    void leave(ChannelName channel) {
        Subscription known = byChannel.remove(channel);
        RequestFailed why = new RequestFailed(ErrorCode.CONFLICT, "unsubscribed");
        suite.ended(channel, why);
        if (known != null) {
            known.end(why);
        }
        left.add(channel);
    }

    boolean has(ChannelName channel) {
        return find(channel) != null;
    }

    /** Subscribes again, for what the subscription requests besides. */
    void renew(ChannelName channel) {
        Subscription known = find(channel);
        if (known != null) {
            known.renew();
        }
    }

    @Nullable
    StreamPosition position(ChannelName channel) {
        Subscription known = find(channel);
        return known == null ? null : known.position();
    }

    /**
     * A new link is up. The client's own subscriptions resume at their positions. Those that the
     * server added start at the head of their channel.
     */
    void onWelcome(ServerFrame.Welcome welcome) {
        left.clear();
        byChannel.values().removeIf(Subscription::hasEnded);
        List<Subscription> known = List.copyOf(byChannel.values());
        if (welcome.channels() != null) {
            for (ServerFrame.Membership membership : welcome.channels()) {
                if (!byChannel.containsKey(membership.channel())) {
                    add(membership.channel(), new StreamPosition(membership.epoch(), membership.head()));
                }
            }
        }
        known.forEach(Subscription::request);
    }

    /** The channels that are heard. */
    List<ChannelName> channels() {
        return byChannel.entrySet().stream()
                .filter(entry -> !entry.getValue().hasEnded())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Positions mean nothing any more: everything goes on from wherever it is. */
    void startOver() {
        byChannel.values().forEach(Subscription::startOver);
    }

    /** There will be no link for now: who waits for an answer gets none. */
    void fail(RequestFailed why) {
        List.copyOf(byChannel.values()).forEach(subscription -> subscription.fail(why));
    }

    /** The client is closed. */
    void close(RequestFailed why) {
        byChannel.values().forEach(subscription -> subscription.end(why));
        byChannel.clear();
    }

    void onEvent(ServerFrame.LogEvent event) {
        if (left.contains(event.channel())) {
            return;
        }
        Subscription known = find(event.channel());
        if (known == null) {
            known = add(event.channel(), null); // the user became a member: the server subscribed it by itself
        }
        known.onEvent(event);
    }

    void onSubscribed(ServerFrame.Subscribed subscribed) {
        Subscription known = find(subscribed.channel());
        if (known != null) {
            known.onSubscribed(subscribed);
        }
    }

    /** The server ended a subscription by itself. */
    void onUnsubscribed(ChannelName channel) {
        Subscription known = find(channel);
        if (known != null) {
            byChannel.remove(channel, known);
            known.onUnsubscribed();
        }
    }

    void onGap(ServerFrame.Gap gap) {
        Subscription known = find(gap.channel());
        if (known != null) {
            known.onGap(gap);
        }
    }

    private @Nullable Subscription find(ChannelName channel) {
        Subscription known = byChannel.get(channel);
        return known == null || known.hasEnded() ? null : known;
    }

    private Subscription add(ChannelName channel, @Nullable StreamPosition after) {
        Subscription added = new Subscription(channel, loop, suite, listener, mostRepaired, after);
        Subscription before = byChannel.put(channel, added);
        if (before != null) {
            before.end(new RequestFailed(ErrorCode.CONFLICT, "subscribed anew"));
        }
        return added;
    }
}
