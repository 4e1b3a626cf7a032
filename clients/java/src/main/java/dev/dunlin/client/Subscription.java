package dev.dunlin.client;

import dev.dunlin.client.loop.EventLoop;
import dev.dunlin.client.rest.Http;
import dev.dunlin.client.rest.HttpRefused;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.Epoch;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.EventPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One channel of a client: subscribed again on each new link. Missing events are fetched from
 * history. On the loop only.
 */
final class Subscription {
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** How often the log is asked for events that it does not have yet, though they exist. */
    private static final int MOST_PATIENCE = 5;

    /** What a subscription needs of the client. */
    interface Suite {
        /**
         * Sends a frame and waits for its reply; fails with {@link RequestFailed}. Completes on the
         * loop.
         */
        CompletableFuture<ServerFrame.Reply> ask(Function<Ref, ClientFrame> frame);

        /** The events after a seq. Completes on the loop. */
        CompletableFuture<EventPage> events(ChannelName channel, long after);

        boolean isUp();

        /** The application wants to know how many users are in the channel. */
        boolean wantsOccupancy(ChannelName channel);

        /** The subscription is over. */
        void ended(ChannelName channel, RequestFailed why);
    }

    private final ChannelName channel;
    private final EventLoop loop;
    private final Suite suite;
    private final ClientListener listener;
    private final ChannelStream stream;
    private final List<CompletableFuture<ServerFrame.Subscribed>> waiting = new ArrayList<>();
    private final int mostRepaired;
    private boolean repairing;
    private boolean ended;
    /** The server declared the position void, and the listener was not informed yet. */
    private boolean lostPosition;

    private int patience = MOST_PATIENCE;
    /** A {@code subscribe} was sent on this link, and not answered yet. */
    private boolean asking;
    /** The last {@code subscribe} requested the occupancy. */
    private boolean counts;
    /** The server is about to send everything up to this seq. */
    private long replayedTo;

    /**
     * {@code mostRepaired}: a hole of more events than this is not fetched, the channel is reset.
     */
    Subscription(
            ChannelName channel,
            EventLoop loop,
            Suite suite,
            ClientListener listener,
            int mostRepaired,
            @Nullable StreamPosition after) {
        this.mostRepaired = mostRepaired;
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

    /**
     * Asks the server for the channel from where this client is. Without a link nothing happens:
     * the next one asks again.
     */
    void request() {
        if (ended || !suite.isUp()) {
            return;
        }
        asking = true;
        replayedTo = 0;
        counts = suite.wantsOccupancy(channel);
        @Nullable Boolean occupancy = counts ? true : null;
        var unused = suite.ask(ref -> new ClientFrame.Subscribe(ref, channel, stream.position(), occupancy))
                .whenComplete((reply, failure) -> {
                    asking = false;
                    // What was answered came by onSubscribed, at once: the events behind it build
                    // on it.
                    if (!ended && failure != null && Http.cause(failure) instanceof RequestFailed refused) {
                        onRefused(refused);
                    }
                });
    }

    /** The position is worth nothing any more. */
    void startOver() {
        lostPosition |= stream.position() != null;
        stream.clear();
    }

    /** The application does not get what it waits for; the subscription itself goes on. */
    void fail(RequestFailed why) {
        List.copyOf(waiting).forEach(done -> done.completeExceptionally(why));
        waiting.clear();
    }

    /** The server ended it: the user is no member any more, or the channel is gone. */
    void onUnsubscribed() {
        RequestFailed why = new RequestFailed(ErrorCode.FORBIDDEN, "the server ended the subscription of " + channel);
        suite.ended(channel, why);
        end(why);
        listener.onSubscriptionLost(channel, why);
    }

    /** Ends it on this side. */
    void end(RequestFailed why) {
        ended = true;
        fail(why);
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
        } else {
            replayedTo = 0;
        }
        repair();
    }

    private void onRefused(RequestFailed refused) {
        if (refused.retryable()) {
            loop.schedule(refused.retryAfter().orElse(RETRY), this::request);
            return;
        }
        boolean nobodyWaits = waiting.isEmpty();
        suite.ended(channel, refused);
        end(refused);
        if (nobodyWaits) {
            listener.onSubscriptionLost(channel, refused);
        }
    }

    /**
     * Where the channel stands: the answer to a request, or said by itself as an event stream does
     * each time that it is asked for.
     */
    void onSubscribed(ServerFrame.Subscribed subscribed) {
        asking = false;
        Epoch epoch = subscribed.epoch();
        if (epoch != null && subscribed.head() != null) { // else ephemeral: nothing to number
            place(new StreamPosition(epoch, subscribed.head()), Boolean.TRUE.equals(subscribed.recovered()));
        }
        List.copyOf(waiting).forEach(done -> done.complete(subscribed));
        waiting.clear();
        renew();
    }

    /** Subscribes again if the occupancy is wanted and was not requested. */
    void renew() {
        if (!asking && !counts && suite.wantsOccupancy(channel)) {
            request();
        }
    }

    private void place(StreamPosition head, boolean restFollows) {
        if (lostPosition || stream.isOtherNumbering(head)) {
            reset(head);
        } else if (stream.position() == null) {
            stream.startAt(head);
        } else {
            stream.adopt(head);
            stream.hearOf(head.seq());
            replayedTo = restFollows ? head.seq() : 0;
            repair();
        }
    }

    private void reset(StreamPosition now) {
        lostPosition = false;
        patience = MOST_PATIENCE;
        replayedTo = 0;
        stream.startAt(now);
        listener.onReset(channel, now);
    }

    /** Gives up what is missing, and says so: better than to pass over it in silence. */
    private void giveUp() {
        reset(new StreamPosition(epoch(), stream.newest()));
    }

    private @Nullable Epoch epoch() {
        StreamPosition position = stream.position();
        return position == null ? null : position.epoch();
    }

    private void repair() {
        boolean arriving = asking || stream.seq() < replayedTo;
        if (ended || arriving || repairing || !stream.isBehind() || !suite.isUp()) {
            return;
        }
        if (stream.newest() - stream.seq() > mostRepaired) {
            giveUp();
            return;
        }
        repairing = true;
        Epoch asked = epoch();
        long after = stream.seq();
        var unused = suite.events(channel, after).whenComplete((page, failure) -> {
            repairing = false;
            if (ended) {
                return;
            }
            if (failure != null) {
                onNoPage(Http.cause(failure));
            } else if (Objects.equals(asked, epoch())) {
                onPage(page, after);
            } else {
                repair(); // meanwhile another numbering began
            }
        });
    }

    private void onNoPage(Throwable failure) {
        // Without a token there will be one; without a right there is nothing to wait for.
        if (failure instanceof HttpRefused refused
                && refused.spoken()
                && !refused.retryable()
                && refused.code() != ErrorCode.UNAUTHENTICATED) {
            giveUp();
        } else {
            Duration asked =
                    failure instanceof RequestFailed later ? later.retryAfter().orElse(RETRY) : RETRY;
            repairAfter(asked);
        }
    }

    /** Fetches after a pause. Events that arrive meanwhile start no fetch. */
    private void repairAfter(Duration pause) {
        repairing = true;
        loop.schedule(pause, () -> {
            repairing = false;
            repair();
        });
    }

    /**
     * What the link brought meanwhile counts as well as what is in the page: only if nothing came
     * since it was asked for, it tells that nothing will.
     */
    private void onPage(EventPage page, long after) {
        StreamPosition head = new StreamPosition(page.epoch(), page.head());
        if (stream.isOtherNumbering(head)) {
            reset(head);
            return;
        }
        if (page.first() > stream.seq() + 1) {
            listener.onExpired(channel, stream.seq() + 1, page.first() - 1);
            handOut(stream.skipTo(page.first() - 1));
        }
        stream.hearOf(page.head());
        page.events().forEach(event -> handOut(stream.accept(event)));
        if (stream.seq() > after) {
            patience = MOST_PATIENCE;
            repair();
        } else if (page.head() <= after && page.events().isEmpty() && patience-- > 0) {
            repairAfter(RETRY); // the log is behind what was heard already
        } else if (stream.isBehind()) {
            giveUp();
        }
    }

    private void handOut(List<ServerFrame.LogEvent> events) {
        events.forEach(listener::onEvent);
    }
}
