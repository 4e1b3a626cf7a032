package dev.dunlin.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.client.loop.EventLoop;
import dev.dunlin.client.rest.Http;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ChannelUser;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a channel. The client owns one for each channel that you ask for:
 * {@link DunlinClient#presenceIn}. It needs a WebSocket and a subscription of the channel, and ends
 * with the subscription. After a reconnect it enters again with the last data and follows again.
 * Futures fail with {@link RequestFailed}: {@code not_found} where the namespace has no such
 * presence, {@code forbidden} without a subscription, {@code unavailable} on SSE and polling.
 * Thread-safe, does not block; futures complete on the client's thread.
 */
public final class RealtimePresence {
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** What a presence needs of the client. On the loop only. */
    interface Suite {
        CompletableFuture<ServerFrame.Reply> ask(Function<Ref, ClientFrame> frame);

        /** The link that is up has a granted subscription of the channel. */
        boolean isGranted(ChannelName channel);

        /** Why nothing can be requested for the channel now, or null. */
        @Nullable
        RequestFailed refusal(ChannelName channel);

        /** Subscribes again, so that the server sends the occupancy. */
        void requestOccupancy(ChannelName channel);
    }

    /** What holds until it is replaced: each link requests it, as {@code again}. */
    private static final class Wish {
        private final Function<Ref, ClientFrame> frame;
        private final Function<Ref, ClientFrame> again;
        private final boolean follows;
        private final List<CompletableFuture<Void>> waiting;

        Wish(
                Function<Ref, ClientFrame> frame,
                Function<Ref, ClientFrame> again,
                boolean follows,
                List<CompletableFuture<Void>> waiting) {
            this.frame = frame;
            this.again = again;
            this.follows = follows;
            this.waiting = waiting;
        }
    }

    private final ChannelName channel;
    private final EventLoop loop;
    private final Suite suite;
    private final ClientListener listener;
    private @Nullable Wish own;
    private @Nullable Wish follow;
    private boolean wantsOccupancy;
    private volatile Map<UserId, ChannelUser> members = Map.of();
    private volatile boolean partial;
    private volatile ServerFrame.@Nullable Count occupancy;

    RealtimePresence(ChannelName channel, EventLoop loop, Suite suite, ClientListener listener) {
        this.channel = channel;
        this.loop = loop;
        this.suite = suite;
        this.listener = listener;
    }

    /** Enters the channel without data. See {@link #update}. */
    public CompletableFuture<Void> enter() {
        return wish(ref -> new ClientFrame.Enter(ref, channel, null));
    }

    /**
     * Enters the channel with data of at most {@link ClientFrame#MAX_PRESENCE_DATA} bytes, else
     * throws {@link IllegalArgumentException}. Completes when the server has accepted it: at once
     * or, without a link, after the next connect.
     */
    public CompletableFuture<Void> enter(JsonNode data) {
        return wish(enterWith(data));
    }

    /** Replaces the data with which the user is there. See {@link #enter(JsonNode)}. */
    public CompletableFuture<Void> update(JsonNode data) {
        Function<Ref, ClientFrame> frame = ref -> new ClientFrame.Update(ref, channel, data);
        // On a new link there is nothing to update.
        return wish(frame, enterWith(data), false);
    }

    /** Leaves the channel until you enter again. It stays subscribed. */
    public CompletableFuture<Void> leave() {
        Function<Ref, ClientFrame> frame = ref -> new ClientFrame.Leave(ref, channel);
        return onLoop(() -> {
            if (suite.isGranted(channel)) {
                return make(frame, frame, false);
            }
            own = new Wish(frame, frame, false, own == null ? new ArrayList<>() : own.waiting);
            return CompletableFuture.completedFuture(null);
        });
    }

    /**
     * Keeps {@link #members} current, until {@link #unfollow}. Completes with them. Call it again
     * to replace them.
     */
    public CompletableFuture<Map<UserId, ChannelUser>> follow() {
        Function<Ref, ClientFrame> frame = ref -> new ClientFrame.PresenceSync(ref, channel, true);
        return wish(frame, frame, true).thenApply(done -> members);
    }

    /** Ends it and forgets the members. */
    public CompletableFuture<Void> unfollow() {
        return onLoop(() -> {
            Wish before = follow;
            follow = null;
            clear();
            if (before != null) {
                before.waiting.forEach(done -> done.complete(null));
            }
            if (!suite.isGranted(channel)) {
                return CompletableFuture.completedFuture(null);
            }
            return suite.ask(ref -> new ClientFrame.PresenceSync(ref, channel, false))
                    .thenAccept(reply -> {});
        });
    }

    /**
     * Requests the occupancy: {@link ClientListener#onOccupancy} gets it as long as it is
     * subscribed.
     */
    public void requestOccupancy() {
        loop.execute(() -> {
            if (!wantsOccupancy) {
                wantsOccupancy = true;
                suite.requestOccupancy(channel);
            }
        });
    }

    /** The users who are there, as they were last known. Current while you {@link #follow}. */
    public Map<UserId, ChannelUser> members() {
        return members;
    }

    /** There are more users than the server names: {@link #members} is empty. */
    public boolean partial() {
        return partial;
    }

    /** The numbers that the server sent last; empty before the first. */
    public Optional<ServerFrame.Count> occupancy() {
        return Optional.ofNullable(occupancy);
    }

    boolean wantsOccupancy() {
        return wantsOccupancy;
    }

    /** The subscription is granted on a new link. */
    void granted() {
        if (own != null) {
            own = new Wish(own.again, own.again, false, own.waiting);
            make(own);
        }
        if (follow != null) {
            make(follow);
        }
    }

    void onSync(ServerFrame.PresenceSync sync) {
        if (follow == null) {
            return;
        }
        Map<UserId, ChannelUser> users = new LinkedHashMap<>();
        sync.users().forEach(user -> users.put(user.user(), user));
        partial = Boolean.TRUE.equals(sync.partial());
        occupancy = sync.occupancy();
        members = Collections.unmodifiableMap(users);
        listener.onPresenceSync(channel, members);
    }

    void onDiff(ServerFrame.PresenceDiff diff) {
        if (follow == null) {
            return;
        }
        Map<UserId, ChannelUser> users = new LinkedHashMap<>(members);
        each(diff.entered()).forEach(user -> users.put(user.user(), user));
        each(diff.updated()).forEach(user -> users.put(user.user(), user));
        each(diff.left()).forEach(users::remove);
        members = Collections.unmodifiableMap(users);
        listener.onPresenceDiff(diff);
    }

    void onOccupancy(ServerFrame.Occupancy now) {
        occupancy = new ServerFrame.Count(now.users(), now.links());
        listener.onOccupancy(now);
    }

    /** The subscription is over. */
    void ended(RequestFailed why) {
        cancel(why);
        own = null;
        follow = null;
        occupancy = null;
        clear();
    }

    /** Fails what waits for the next link, and does not request it any more. */
    void cancel(RequestFailed why) {
        for (Wish wish : new @Nullable Wish[] {own, follow}) {
            if (wish != null && !wish.waiting.isEmpty()) {
                drop(wish);
                settle(wish.waiting).forEach(done -> done.completeExceptionally(why));
            }
        }
    }

    private Function<Ref, ClientFrame> enterWith(JsonNode data) {
        return ref -> new ClientFrame.Enter(ref, channel, data);
    }

    private CompletableFuture<Void> wish(Function<Ref, ClientFrame> frame) {
        return wish(frame, frame, false);
    }

    private CompletableFuture<Void> wish(
            Function<Ref, ClientFrame> frame, Function<Ref, ClientFrame> again, boolean follows) {
        var unused = frame.apply(Ref.of(0)); // throws where the data is too large
        return onLoop(() -> make(frame, again, follows));
    }

    private CompletableFuture<Void> make(
            Function<Ref, ClientFrame> frame, Function<Ref, ClientFrame> again, boolean follows) {
        RequestFailed refusal = suite.isGranted(channel) ? null : suite.refusal(channel);
        if (refusal != null) {
            return CompletableFuture.failedFuture(refusal);
        }
        Wish before = follows ? follow : own;
        CompletableFuture<Void> done = new CompletableFuture<>();
        Wish wish = new Wish(frame, again, follows, before == null ? new ArrayList<>() : before.waiting);
        wish.waiting.add(done);
        if (follows) {
            follow = wish;
        } else {
            own = wish;
        }
        make(wish);
        return done;
    }

    private void make(Wish wish) {
        if (!suite.isGranted(channel)) {
            return;
        }
        List<CompletableFuture<Void>> waiting = settle(wish.waiting);
        var unused = suite.ask(wish.frame).whenComplete((reply, failure) -> {
            if (failure == null) {
                waiting.forEach(done -> done.complete(null));
            } else if (Http.cause(failure) instanceof RequestFailed refused) {
                onRefused(wish, waiting, refused);
            }
        });
    }

    private void onRefused(Wish wish, List<CompletableFuture<Void>> waiting, RequestFailed refused) {
        Wish last = wish.follows ? follow : own;
        if (refused.retryable() && last != null) {
            last.waiting.addAll(waiting);
            if (suite.isGranted(channel)) {
                loop.schedule(refused.retryAfter().orElse(RETRY), () -> retry(last));
            }
            return;
        }
        drop(wish);
        waiting.forEach(done -> done.completeExceptionally(refused));
        if (waiting.isEmpty() && wish == last) {
            listener.onPresenceLost(channel, refused);
        }
    }

    private void retry(Wish wish) {
        if (isCurrent(wish)) {
            make(wish);
        }
    }

    private boolean isCurrent(Wish wish) {
        return wish == own || wish == follow;
    }

    private void drop(Wish wish) {
        if (isCurrent(wish)) {
            if (wish.follows) {
                follow = null;
            } else {
                own = null;
            }
        }
    }

    private void clear() {
        partial = false;
        if (!members.isEmpty()) {
            members = Map.of();
            listener.onPresenceSync(channel, members);
        }
    }

    private <T> CompletableFuture<T> onLoop(Supplier<CompletableFuture<T>> task) {
        return CompletableFuture.completedFuture(task).thenComposeAsync(Supplier::get, loop);
    }

    private static List<CompletableFuture<Void>> settle(List<CompletableFuture<Void>> waiting) {
        List<CompletableFuture<Void>> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    private static <T> List<T> each(@Nullable List<T> some) {
        return some == null ? List.of() : some;
    }
}
