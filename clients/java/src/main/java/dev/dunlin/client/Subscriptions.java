package dev.dunlin.client;

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
    private final Map<ChannelName, Subscription> byChannel = new HashMap<>();
    /** Left, but events may still be on their way. */
    private final Set<ChannelName> left = new HashSet<>();

    Subscriptions(EventLoop loop, Subscription.Suite suite, ClientListener listener) {
        this.loop = loop;
        this.suite = suite;
        this.listener = listener;
    }

    /** Subscribes; {@code after} null means from now on, or from where this client is if it was subscribed before. */
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
        if (known != null) {
            known.end(new RequestFailed(ErrorCode.CONFLICT, "unsubscribed"));
        }
        left.add(channel);
    }

    @Nullable
    StreamPosition position(ChannelName channel) {
        Subscription known = find(channel);
        return known == null ? null : known.position();
    }

    /** A new link: what this client had goes on where it was; what the server subscribed by itself starts at its head. */
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

    /** Positions mean nothing any more: everything goes on from wherever it is. */
    void startOver() {
        List<ChannelName> channels = List.copyOf(byChannel.keySet());
        for (ChannelName channel : channels) {
            add(channel, null);
        }
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
        Subscription added = new Subscription(channel, loop, suite, listener, after);
        Subscription before = byChannel.put(channel, added);
        if (before != null) {
            before.end(new RequestFailed(ErrorCode.CONFLICT, "positions were lost, subscribed anew"));
        }
        return added;
    }
}
