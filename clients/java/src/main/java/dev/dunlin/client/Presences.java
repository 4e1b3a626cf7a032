package dev.dunlin.client;

import dev.dunlin.client.loop.EventLoop;
import dev.dunlin.client.transport.Transport;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The presence of each channel that the application asked for. On the loop only, but for
 * {@link #in}.
 */
final class Presences implements RealtimePresence.Suite {
    private final EventLoop loop;
    private final ClientListener listener;
    private final Function<Function<Ref, ClientFrame>, CompletableFuture<ServerFrame.Reply>> requests;
    private final Predicate<ChannelName> subscribed;
    private final Consumer<ChannelName> renewal;
    private final Map<ChannelName, RealtimePresence> byChannel = new ConcurrentHashMap<>();
    /** The channels with a granted subscription on the link that is up. */
    private final Set<ChannelName> granted = new HashSet<>();
    /** The transport of the link that is up. */
    private @Nullable Transport transport;

    /**
     * A client's presences.
     *
     * @param subscribed whether the client is subscribed, or is about to be
     * @param renewal subscribes a channel again
     */
    Presences(
            EventLoop loop,
            ClientListener listener,
            Function<Function<Ref, ClientFrame>, CompletableFuture<ServerFrame.Reply>> requests,
            Predicate<ChannelName> subscribed,
            Consumer<ChannelName> renewal) {
        this.loop = loop;
        this.listener = listener;
        this.requests = requests;
        this.subscribed = subscribed;
        this.renewal = renewal;
    }

    /** On any thread. */
    RealtimePresence in(ChannelName channel) {
        return byChannel.computeIfAbsent(channel, name -> new RealtimePresence(name, loop, this, listener));
    }

    boolean wantsOccupancy(ChannelName channel) {
        RealtimePresence presence = byChannel.get(channel);
        return presence != null && presence.wantsOccupancy();
    }

    void online(Transport now, ServerFrame.Welcome welcome) {
        offline();
        transport = now;
        if (now != Transport.WEBSOCKET) {
            cancel(needsWebSocket());
        } else if (welcome.channels() != null) {
            welcome.channels().forEach(membership -> granted(membership.channel()));
        }
    }

    void offline() {
        transport = null;
        granted.clear();
    }

    void granted(ChannelName channel) {
        if (transport == Transport.WEBSOCKET && granted.add(channel)) {
            find(channel, RealtimePresence::granted);
        }
    }

    void onSync(ServerFrame.PresenceSync sync) {
        find(sync.channel(), presence -> presence.onSync(sync));
    }

    void onDiff(ServerFrame.PresenceDiff diff) {
        find(diff.channel(), presence -> presence.onDiff(diff));
    }

    void onOccupancy(ServerFrame.Occupancy now) {
        find(now.channel(), presence -> presence.onOccupancy(now));
    }

    /** The subscription is over. */
    void ended(ChannelName channel, RequestFailed why) {
        granted.remove(channel);
        find(channel, presence -> presence.ended(why));
    }

    void cancel(RequestFailed why) {
        byChannel.values().forEach(presence -> presence.cancel(why));
    }

    @Override
    public CompletableFuture<ServerFrame.Reply> ask(Function<Ref, ClientFrame> frame) {
        return requests.apply(frame);
    }

    @Override
    public boolean isGranted(ChannelName channel) {
        return granted.contains(channel);
    }

    @Override
    public @Nullable RequestFailed refusal(ChannelName channel) {
        if (transport != null && transport != Transport.WEBSOCKET) {
            return needsWebSocket();
        }
        return subscribed.test(channel)
                ? null
                : new RequestFailed(ErrorCode.FORBIDDEN, "subscribe to " + channel + " first");
    }

    @Override
    public void requestOccupancy(ChannelName channel) {
        renewal.accept(channel);
    }

    private void find(ChannelName channel, Consumer<RealtimePresence> task) {
        RealtimePresence presence = byChannel.get(channel);
        if (presence != null) {
            task.accept(presence);
        }
    }

    private static RequestFailed needsWebSocket() {
        return new RequestFailed(ErrorCode.UNAVAILABLE, "this needs a WebSocket");
    }
}
