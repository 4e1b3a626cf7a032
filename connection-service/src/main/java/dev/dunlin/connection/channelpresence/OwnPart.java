package dev.dunlin.connection.channelpresence;

import dev.dunlin.edge.Backoff;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.BusChannel;
import dev.dunlin.protocol.bus.ChannelPart;
import dev.dunlin.protocol.bus.PartHead;
import dev.dunlin.protocol.bus.PartUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This node's part of one channel's presence, on its way to the other nodes: first into the store,
 * then onto the bus, so that what the bus loses is in the store. The first change leaves at once,
 * later ones once a second together. A write that fails is repeated with the whole part. Hub loop
 * only.
 */
final class OwnPart {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** A larger change is not published: receivers read it. */
    private static final int PUBLISHED_BYTES = 65_536;

    /** Receives the changes at once, whether the store takes them or not. */
    interface Listener {
        void changed(PartHead head, Map<UserId, Optional<PartUser>> users);

        /** Everything is stored, and nobody is there. */
        void empty();
    }

    private final ChannelName channel;
    private final ChannelPresence.Context context;
    private final boolean named;
    private final LocalUsers users;
    private final Listener listener;
    private final Pace pace;
    private final Backoff failures = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
    private PartHead head;
    /** What the store has as far as this node knows; null if the next write must be whole. */
    private @Nullable PartHead stored;

    private boolean writing;
    private boolean retrying;

    /** {@code named}: whether the users are published, and not only how many they are. */
    OwnPart(ChannelName channel, boolean named, LocalUsers users, ChannelPresence.Context context, Listener listener) {
        this.channel = channel;
        this.named = named;
        this.users = users;
        this.context = context;
        this.listener = listener;
        this.pace = new Pace(context.loop(), PAUSE, this::publish);
        this.head = new PartHead(context.numbers().first(), 0, 0);
    }

    PartHead head() {
        return head;
    }

    /** All users as they are now. */
    List<PartUser> all() {
        return named ? List.copyOf(users.all()) : List.of();
    }

    /** Whether anything waits for the store. */
    boolean unwritten() {
        return writing || retrying || users.isChanged();
    }

    /** The users may have changed. */
    void changed() {
        if (users.isChanged()) {
            pace.ask();
        }
    }

    private void publish() {
        if (writing || retrying || !users.isChanged()) {
            return; // the end of the write looks again
        }
        Map<UserId, Optional<PartUser>> taken = users.take();
        Map<UserId, Optional<PartUser>> changes = named ? taken : Map.of();
        head = new PartHead(context.numbers().after(head.n()), users.users(), users.links());
        listener.changed(head, changes);
        write(changes);
    }

    private void write(Map<UserId, Optional<PartUser>> changes) {
        writing = true;
        PartStore.Change change = stored == null
                ? new PartStore.Change(head, null, everything())
                : new PartStore.Change(head, stored, changes);
        var unused = context.store()
                .write(channel, context.life(), change)
                .whenComplete((done, failure) -> context.loop().execute(() -> written(change, done, failure)));
    }

    private Map<UserId, Optional<PartUser>> everything() {
        Map<UserId, Optional<PartUser>> all = new LinkedHashMap<>();
        all().forEach(user -> all.put(user.user(), Optional.of(user)));
        return all;
    }

    private void written(PartStore.Change change, @Nullable Boolean done, @Nullable Throwable failure) {
        writing = false;
        if (failure != null) {
            stored = null;
            context.metrics().channelPresenceUnwritten();
            retryAfter(failures.next());
        } else if (Boolean.FALSE.equals(done)) {
            stored = null;
            rewrite();
        } else {
            failures.reset();
            stored = users.isEmpty() ? null : change.head();
            announce(change);
            if (users.isChanged()) {
                pace.ask();
            } else if (users.isEmpty()) {
                listener.empty();
            }
        }
    }

    private void retryAfter(Duration pause) {
        retrying = true;
        context.loop().after(pause, () -> {
            retrying = false;
            rewrite();
        });
    }

    /** Writes all of the part under the next number. */
    private void rewrite() {
        if (!writing && !retrying) {
            stored = null;
            Map<UserId, Optional<PartUser>> taken = users.take();
            head = new PartHead(context.numbers().after(head.n()), users.users(), users.links());
            listener.changed(head, named ? taken : Map.of());
            write(Map.of());
        }
    }

    private void announce(PartStore.Change change) {
        List<PartUser> there = new ArrayList<>();
        List<UserId> left = new ArrayList<>();
        change.users().forEach((id, user) -> user.ifPresentOrElse(there::add, () -> left.add(id)));
        byte[] payload = Json.write(message(change, there, left.isEmpty() ? null : left));
        if (payload.length > PUBLISHED_BYTES) {
            payload = Json.write(message(change, null, null));
        }
        var unused = context.bus().publish(BusChannel.ofChannelPresence(channel), payload);
    }

    private ChannelPart message(PartStore.Change change, @Nullable List<PartUser> there, @Nullable List<UserId> left) {
        return new ChannelPart(
                context.life(),
                change.head().n(),
                ((change.whole() || !named) && there != null) ? true : null,
                there,
                left,
                change.head().users(),
                change.head().links());
    }

    /** Compares the part with the store, and writes it again if it is lost. */
    void check() {
        if (writing || retrying) {
            return;
        }
        PartHead asked = head;
        var unused = context.store()
                .touch(channel, context.life())
                .whenComplete((found, failure) -> context.loop().execute(() -> {
                    boolean same =
                            failure != null || found.filter(n -> n == asked.n()).isPresent();
                    if (!same && head.equals(asked) && !users.isEmpty()) {
                        rewrite();
                    }
                }));
    }
}
