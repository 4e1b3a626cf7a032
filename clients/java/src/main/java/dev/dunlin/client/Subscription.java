package dev.dunlin.client;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.EventPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One channel of a client: subscribed anew on every link, its holes closed from history. On the loop only. */
final class Subscription {
    private static final Duration RETRY = Duration.ofSeconds(2);

    /** What a subscription needs of the client. */
    interface Suite {
        /** Sends a frame and waits for its reply; fails with {@link RequestFailed}. Completes on the loop. */
        CompletableFuture<ServerFrame.Reply> ask(Function<Ref, ClientFrame> frame);

        /** The events after a seq. Completes on the loop. */
        CompletableFuture<EventPage> events(ChannelName channel, long after);

        boolean isUp();
    }

    private final ChannelName channel;
    private final EventLoop loop;
    private final Suite suite;
    private final ClientListener listener;
    private final ChannelStream stream;
    private final List<CompletableFuture<ServerFrame.Subscribed>> waiting = new ArrayList<>();
    private boolean repairing;
    private boolean ended;

    Subscription(
            ChannelName channel, EventLoop loop, Suite suite, ClientListener listener, @Nullable StreamPosition after) {
        this.channel = channel;
        this.loop = loop;
        this.suite = suite;
        this.listener = listener;
        this.stream = after == null ? new ChannelStream() : new ChannelStream(after);
    }

    @Nullable
    StreamPosition position() {
        return stream.position();
    }

    boolean hasEnded() {
        return ended;
    }

    /** Completes with the next answer to {@code subscribe}. */
    CompletableFuture<ServerFrame.Subscribed> whenSubscribed() {
        CompletableFuture<ServerFrame.Subscribed> done = new CompletableFuture<>();
        waiting.add(done);
        return done;
    }

    /** Asks the server for the channel from where this client is. Without a link nothing happens: the next one asks again. */
    void request() {
        if (ended || !suite.isUp()) {
            return;
        }
        var unused = suite.ask(ref -> new ClientFrame.Subscribe(ref, channel, stream.position()))
                .whenComplete((reply, failure) -> {
                    if (ended) {
                        return;
                    }
                    if (reply instanceof ServerFrame.Subscribed subscribed) {
                        onSubscribed(subscribed);
                    } else if (failure instanceof RequestFailed refused) {
                        onRefused(refused);
                    }
                });
    }

    /** Ends it on this side. */
    void end(RequestFailed why) {
        ended = true;
        List.copyOf(waiting).forEach(done -> done.completeExceptionally(why));
        waiting.clear();
    }

    void onEvent(ServerFrame.LogEvent event) {
        handOut(stream.accept(event));
        repair();
    }

    void onGap(ServerFrame.Gap gap) {
        stream.hearOf(gap.to());
        if (Boolean.TRUE.equals(gap.conflated()) && gap.from() <= stream.seq() + 1) {
            if (gap.to() > stream.seq()) {
                listener.onConflated(channel, stream.seq() + 1, gap.to());
            }
            handOut(stream.skipTo(gap.to())); // left out on purpose: nothing to fetch
        }
        repair();
    }

    private void onRefused(RequestFailed refused) {
        if (refused.code().retryable()) {
            loop.schedule(RETRY, this::request);
            return;
        }
        boolean nobodyWaits = waiting.isEmpty();
        end(refused);
        if (nobodyWaits) {
            listener.onSubscriptionLost(channel, refused);
        }
    }

    private void onSubscribed(ServerFrame.Subscribed subscribed) {
        Epoch epoch = subscribed.epoch();
        if (epoch != null && subscribed.head() != null) { // else ephemeral: nothing to number
            place(new StreamPosition(epoch, subscribed.head()), Boolean.TRUE.equals(subscribed.recovered()));
        }
        List.copyOf(waiting).forEach(done -> done.complete(subscribed));
        waiting.clear();
    }

    private void place(StreamPosition head, boolean restFollows) {
        if (stream.position() == null) {
            stream.startAt(head);
        } else if (stream.isOtherNumbering(head)) {
            reset(head);
        } else {
            stream.adopt(head);
            if (!restFollows) {
                stream.hearOf(head.seq());
                repair();
            }
        }
    }

    private void reset(StreamPosition now) {
        stream.startAt(now);
        listener.onReset(channel, now);
    }

    private void repair() {
        if (ended || repairing || !stream.isBehind()) {
            return;
        }
        repairing = true;
        var unused = suite.events(channel, stream.seq()).whenComplete((page, failure) -> {
            repairing = false;
            if (ended) {
                return;
            }
            if (failure == null) {
                onPage(page);
                repair();
            } else {
                loop.schedule(RETRY, this::repair);
            }
        });
    }

    private void onPage(EventPage page) {
        StreamPosition head = new StreamPosition(page.epoch(), page.head());
        if (stream.isOtherNumbering(head)) {
            reset(head);
            return;
        }
        long before = stream.seq();
        if (page.first() > before + 1) {
            listener.onExpired(channel, before + 1, page.first() - 1);
            handOut(stream.skipTo(page.first() - 1));
        }
        stream.hearOf(page.head());
        page.events().forEach(event -> handOut(stream.accept(event)));
    }

    private void handOut(List<ServerFrame.LogEvent> events) {
        events.forEach(listener::onEvent);
    }
}
