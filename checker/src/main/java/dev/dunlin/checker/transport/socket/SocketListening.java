package dev.dunlin.checker.transport.socket;

import dev.dunlin.checker.history.Watching;
import dev.dunlin.checker.transport.Access;
import dev.dunlin.checker.transport.Listening;
import dev.dunlin.checker.transport.Loop;
import dev.dunlin.checker.workload.Who;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Listens over bare links and resumes by itself. It records what the server sends in the order of
 * arrival, and neither reorders nor fetches anything. After {@code recovered:false} it continues at
 * the head.
 */
public final class SocketListening implements Listening {
    private static final Duration PING = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Map<ChannelName, Watching> watching;
    private final boolean fromFirst;
    private final SocketLoop links;
    private final Set<ChannelName> restarting = ConcurrentHashMap.newKeySet();
    private volatile Duration each = Duration.ZERO;

    /** {@code fromFirst}: starts at the first event of each channel instead of the newest. */
    public SocketListening(
            String name, Access access, Who who, Map<ChannelName, Watching> watching, boolean fromFirst, long seed) {
        this.watching = Map.copyOf(watching);
        this.fromFirst = fromFirst;
        this.links = new SocketLoop(name, access, who, seed, Talk::new);
    }

    @Override
    public void open() {
        links.open();
    }

    @Override
    public void cut() {
        links.cut();
    }

    @Override
    public void fromStart(ChannelName channel) {
        restarting.add(channel);
        cut();
    }

    @Override
    public void slow(Duration time) {
        each = time;
    }

    @Override
    public void close() {
        links.close();
    }

    private final class Talk implements SocketLoop.Talk {
        private final Loop own;
        private final SocketLink open;
        private final Map<Ref, ChannelName> asked = new HashMap<>();
        /** When to subscribe to which channel; removed once that is done. */
        private final Map<ChannelName, Long> toAsk = new HashMap<>();

        private long lastRef;
        private long pinged = System.nanoTime();

        Talk(Loop own, SocketLink open) {
            this.own = own;
            this.open = open;
            watching.keySet().forEach(channel -> toAsk.put(channel, pinged));
        }

        @Override
        public void speak() {
            long now = System.nanoTime();
            if (now - pinged > PING.toNanos()) {
                pinged = now;
                open.send(new ClientFrame.Ping(null));
            }
            toAsk.entrySet().stream()
                    .filter(due -> now - due.getValue() >= 0)
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(this::ask);
        }

        private void ask(ChannelName channel) {
            toAsk.remove(channel);
            Watching one = Objects.requireNonNull(watching.get(channel), "one of the channels");
            if (restarting.remove(channel) || (fromFirst && one.position().isEmpty())) {
                one.started(null, 0);
            }
            Ref ref = Ref.of(++lastRef);
            asked.put(ref, channel);
            open.send(new ClientFrame.Subscribe(ref, channel, one.position().orElse(null)));
        }

        @Override
        public void take(ServerFrame frame) throws InterruptedException {
            switch (frame) {
                case ServerFrame.LogEvent event -> {
                    Watching one = watching.get(event.channel());
                    if (one != null) {
                        one.seen(event);
                    }
                    if (!each.isZero()) {
                        own.pause(each);
                    }
                }
                case ServerFrame.Gap gap -> {
                    Watching one = watching.get(gap.channel());
                    if (one != null) {
                        one.gap(gap.from(), gap.to());
                    }
                }
                case ServerFrame.Subscribed subscribed -> onSubscribed(subscribed);
                case ServerFrame.ErrorReply error -> onError(error);
                default -> {}
            }
        }

        private void onSubscribed(ServerFrame.Subscribed subscribed) {
            ChannelName channel = asked.remove(subscribed.ref());
            Watching one = channel == null ? null : watching.get(channel);
            Long head = subscribed.head();
            if (head == null || one == null) {
                return;
            }
            StreamPosition position = one.position().orElse(null);
            if (position == null) {
                one.started(subscribed.epoch(), head);
                return;
            }
            boolean recovered = Boolean.TRUE.equals(subscribed.recovered());
            one.resumed(recovered);
            one.numbered(subscribed.epoch());
            if (!recovered && head > position.seq()) {
                one.gap(position.seq() + 1, head);
            }
        }

        private void onError(ServerFrame.ErrorReply error) {
            Ref ref = error.ref();
            ChannelName channel = ref == null ? null : asked.remove(ref);
            Watching one = channel == null ? null : watching.get(channel);
            if (channel != null && one != null) {
                one.refused(error.message());
                toAsk.put(channel, System.nanoTime() + AGAIN.toNanos());
            }
        }
    }
}
