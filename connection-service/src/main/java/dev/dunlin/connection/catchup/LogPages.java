package dev.dunlin.connection.catchup;

import dev.dunlin.connection.metrics.ConnectionMetrics;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.http.EventPage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Fetches pages of the log, a limited number at a time; further requests queue. Requests for the
 * same page share one call and one encoding of each event. So a thousand clients that resume a
 * channel after their node died cost one call. Thread-safe.
 */
public final class LogPages {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final EventLog log;
    private final int atOnce;
    private final int mostWaiting;
    private final ConnectionMetrics metrics;
    private final Map<Place, Call> shared = new HashMap<>();
    private final Queue<Call> waiting = new ArrayDeque<>();
    /**
     * Requested rounds of {@link #startNext}. Only the first caller runs them, so that calls that
     * complete at once do not nest.
     */
    private final AtomicInteger rounds = new AtomicInteger();

    private int running;

    /**
     * @param atOnce calls in flight
     * @param waiting queued calls; further ones are refused with {@code overloaded}
     */
    public LogPages(EventLog log, int atOnce, int waiting, ConnectionMetrics metrics) {
        this.log = log;
        this.atOnce = atOnce;
        this.mostWaiting = waiting;
        this.metrics = metrics;
    }

    private record Place(ChannelName channel, long after) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place that && after == that.after && channel.equals(that.channel);
        }

        @Override
        public int hashCode() {
            return 31 * channel.hashCode() + Long.hashCode(after);
        }
    }

    private record Call(Place place, CompletableFuture<FramePage> page) {}

    /**
     * A page that may have been requested a moment ago. Use it for events that are known to be in
     * the log.
     */
    public CompletionStage<FramePage> shared(ChannelName channel, long after) {
        return page(new Place(channel, after), true);
    }

    /** A page that is requested now. It has everything that was in the log before the call. */
    public CompletionStage<FramePage> fresh(ChannelName channel, long after) {
        return page(new Place(channel, after), false);
    }

    private CompletionStage<FramePage> page(Place place, boolean mayShare) {
        Call call;
        synchronized (this) {
            Call known = mayShare ? shared.get(place) : null;
            if (known != null) {
                metrics.pageShared();
                return known.page();
            }
            if (waiting.size() >= mostWaiting) {
                metrics.refused("pages");
                return CompletableFuture.failedFuture(
                        new RefusedException(ErrorCode.OVERLOADED, "too many wait for what they missed", RETRY));
            }
            call = new Call(place, new CompletableFuture<>());
            shared.put(place, call);
            waiting.add(call);
        }
        startAll();
        return call.page();
    }

    private void startAll() {
        if (rounds.getAndIncrement() == 0) {
            do {
                for (Call next = startNext(); next != null; next = startNext()) {
                    Call call = next;
                    metrics.pageFetched();
                    var unused = log.events(call.place().channel(), call.place().after())
                            .whenComplete((page, failure) -> ended(call, page, failure));
                }
            } while (rounds.decrementAndGet() > 0);
        }
    }

    private synchronized @Nullable Call startNext() {
        Call next = running < atOnce ? waiting.poll() : null;
        running += next == null ? 0 : 1;
        return next;
    }

    private void ended(Call call, @Nullable EventPage page, @Nullable Throwable failure) {
        synchronized (this) {
            running--;
            shared.remove(call.place(), call);
        }
        if (page != null) {
            call.page().complete(encoded(page));
        } else {
            call.page().completeExceptionally(failure == null ? new IllegalStateException("no page") : failure);
        }
        startAll();
    }

    private static FramePage encoded(EventPage page) {
        return new FramePage(
                page.epoch(),
                page.head(),
                page.first(),
                page.events().stream()
                        .map(event -> new LoggedFrame(event.seq(), Json.write(event)))
                        .toList(),
                page.next() != null);
    }
}
