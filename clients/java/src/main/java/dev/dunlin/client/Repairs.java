package dev.dunlin.client;

import dev.dunlin.client.loop.EventLoop;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.http.EventPage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * Fetches pages of missed events, a few at once over all channels: a long absence must not become a
 * storm. On the loop only.
 */
final class Repairs {
    private static final int AT_ONCE = 4;

    private final EventLoop loop;
    private final BiFunction<ChannelName, Long, CompletableFuture<EventPage>> history;
    /** Bounded by the number of channels: each has one fetch at a time. */
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    private int underWay;

    Repairs(EventLoop loop, BiFunction<ChannelName, Long, CompletableFuture<EventPage>> history) {
        this.loop = loop;
        this.history = history;
    }

    /** The events after a seq. Completes on the loop. */
    CompletableFuture<EventPage> events(ChannelName channel, long after) {
        CompletableFuture<EventPage> page = new CompletableFuture<>();
        waiting.add(() -> {
            var unused = history.apply(channel, after)
                    .whenCompleteAsync(
                            (fetched, failure) -> {
                                underWay--;
                                next();
                                if (failure != null) {
                                    page.completeExceptionally(failure);
                                } else {
                                    page.complete(fetched);
                                }
                            },
                            loop);
        });
        next();
        return page;
    }

    private void next() {
        while (underWay < AT_ONCE && !waiting.isEmpty()) {
            underWay++;
            waiting.removeFirst().run();
        }
    }
}
