package dev.dunlin.connection.channelpresence;

import dev.dunlin.edge.Backoff;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.ChannelPart;
import dev.dunlin.protocol.bus.PartHead;
import dev.dunlin.protocol.bus.PartUser;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Brings the parts of the other nodes: subscribes to the bus, then reads all parts from the store,
 * then takes the numbered changes. After a hole, a lost connection and now and then it reads the
 * parts whose number is another. Hub loop only.
 */
final class PartReader {
    private static final Logger LOG = Logger.getLogger(PartReader.class);
    /** Before what was missed while a read ran is read. */
    private static final Duration PAUSE = Duration.ofMillis(200);
    /**
     * How long a part must be missing in the store. Its node writes it again if the store lost it.
     */
    static final Duration ABSENT = Duration.ofSeconds(10);

    /** Is called when the users may have changed. */
    interface Listener {
        /** All parts were read. */
        void read();

        void changed();

        /** The bus or the store does not answer; it is tried again. */
        void failed();
    }

    private final ChannelName channel;
    private final boolean named;
    private final MergedUsers users;
    private final ChannelPresence.Context context;
    private final Backoff failures;
    private final Listener listener;
    private final Consumer<byte[]> receiver = this::received;
    /** Run -> the newest number that the bus brought since the read began. */
    private final Map<NodeId, Long> heard = new HashMap<>();
    /** Run -> since when the store has no part of it (ns). */
    private final Map<NodeId, Long> absent = new HashMap<>();

    private boolean subscribed;
    private boolean closed;
    private boolean reading;
    /** Whether a read is scheduled. */
    private boolean scheduled;
    /** Whether something was missed since the read began. */
    private boolean again;

    PartReader(
            ChannelName channel,
            boolean named,
            MergedUsers users,
            ChannelPresence.Context context,
            Backoff failures,
            Listener listener) {
        this.channel = channel;
        this.named = named;
        this.users = users;
        this.context = context;
        this.failures = failures;
        this.listener = listener;
    }

    void open() {
        var unused = context.busSubscriptions()
                .subscribe(BusChannel.ofChannelPresence(channel), receiver)
                .whenComplete((confirmed, failure) -> subscribed(failure));
    }

    private void subscribed(@Nullable Throwable failure) {
        if (closed) {
            return;
        }
        if (failure == null) {
            subscribed = true;
            refresh();
        } else {
            context.busSubscriptions().unsubscribe(BusChannel.ofChannelPresence(channel), receiver);
            listener.failed();
            context.loop().after(failures.next(), () -> {
                if (!closed) {
                    open();
                }
            });
        }
    }

    void close() {
        closed = true;
        context.busSubscriptions().unsubscribe(BusChannel.ofChannelPresence(channel), receiver);
    }

    /** Reads the parts that have changed. */
    void refresh() {
        if (closed || !subscribed) {
            return;
        }
        if (reading) {
            again = true;
            return;
        }
        reading = true;
        again = false;
        heard.clear();
        var unused = context.store()
                .heads(channel)
                .whenComplete((heads, failure) -> context.loop().execute(() -> {
                    if (heads == null) {
                        failed(failure);
                    } else {
                        read(heads);
                    }
                }));
    }

    private void refreshAfter(Duration pause) {
        if (!scheduled) {
            scheduled = true;
            context.loop().after(pause, () -> {
                scheduled = false;
                refresh();
            });
        }
    }

    private void read(Map<NodeId, PartHead> heads) {
        if (closed) {
            return;
        }
        Set<NodeId> newer = new HashSet<>();
        heads.forEach((life, head) -> {
            if (context.leases().isDead(life)) {
                var unused = context.store().remove(channel, life);
            } else if (!life.equals(context.life()) && head.n() > users.known(life)) {
                newer.add(life);
            }
        });
        dropAbsent(heads.keySet());
        context.metrics().channelPresenceRead(newer.size());
        var unused = (named
                        ? context.store().users(channel, newer)
                        : CompletableFuture.<Map<NodeId, List<PartUser>>>completedStage(Map.of()))
                .whenComplete((found, failure) -> context.loop().execute(() -> {
                    if (found == null) {
                        failed(failure);
                    } else {
                        newer.forEach(life -> take(life, heads.get(life), found.getOrDefault(life, List.of())));
                        done();
                    }
                }));
    }

    private void take(NodeId life, @Nullable PartHead head, List<PartUser> there) {
        if (closed || head == null) {
            return;
        }
        if (heard.getOrDefault(life, 0L) > head.n()) {
            again = true; // the bus was faster
        } else if (head.n() > users.known(life)) {
            users.replace(life, head, there);
        }
    }

    private void dropAbsent(Set<NodeId> present) {
        absent.keySet().removeAll(present);
        long now = context.loop().nanos();
        for (NodeId life : users.lives()) {
            if (!present.contains(life) && !life.equals(context.life())) {
                if (now - absent.computeIfAbsent(life, key -> now) >= ABSENT.toNanos()) {
                    absent.remove(life);
                    users.drop(life);
                } else {
                    refreshAfter(ABSENT);
                }
            }
        }
        absent.keySet().retainAll(users.lives());
    }

    private void done() {
        if (closed) {
            return;
        }
        reading = false;
        failures.reset();
        listener.read();
        listener.changed();
        if (again) {
            refreshAfter(PAUSE);
        }
    }

    private void failed(@Nullable Throwable failure) {
        if (closed) {
            return;
        }
        LOG.debugf("The presence of %s could not be read: %s", channel, failure);
        reading = false;
        listener.failed();
        refreshAfter(failures.next());
    }

    private void received(byte[] payload) {
        try {
            received(Json.read(payload, ChannelPart.class));
        } catch (InvalidInput e) {
            LOG.warnf("Dropped what was published on %s: %s", BusChannel.ofChannelPresence(channel), e.getMessage());
        }
    }

    private void received(ChannelPart part) {
        NodeId life = part.life();
        if (life.equals(context.life()) || part.n() <= users.known(life)) {
            return;
        }
        context.leases().heard(life);
        heard.merge(life, part.n(), Math::max);
        List<PartUser> there = part.users();
        if (there != null && Boolean.TRUE.equals(part.whole())) {
            users.replace(life, part.head(), there);
        } else if (there != null && part.n() == users.known(life) + 1) {
            users.apply(life, part.head(), changes(there, part.left()));
        } else {
            missed();
            return;
        }
        listener.changed();
    }

    private static Map<UserId, Optional<PartUser>> changes(List<PartUser> there, @Nullable List<UserId> left) {
        Map<UserId, Optional<PartUser>> changes = new HashMap<>();
        there.forEach(user -> changes.put(user.user(), Optional.of(user)));
        if (left != null) {
            left.forEach(id -> changes.put(id, Optional.empty()));
        }
        return changes;
    }

    private void missed() {
        if (reading) {
            again = true;
        } else {
            refreshAfter(PAUSE);
        }
    }
}
