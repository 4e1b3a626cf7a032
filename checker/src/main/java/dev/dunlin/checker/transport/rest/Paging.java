package dev.dunlin.checker.transport.rest;

import dev.dunlin.checker.history.Observer.View;
import dev.dunlin.checker.history.Watching;
import dev.dunlin.checker.transport.Listening;
import dev.dunlin.checker.transport.Loop;
import dev.dunlin.client.rest.HistoryPage;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.StreamPosition;
import dev.dunlin.protocol.http.EventPage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Listens by fetching the next page of {@code /events} or {@code /messages}, from the first event
 * on.
 */
public final class Paging implements Listening {
    private static final Duration BETWEEN = Duration.ofMillis(400);
    private static final int MESSAGES = 100;

    private final String name;
    private final RestClient rest;
    private final Map<ChannelName, Watching> watching;
    private final View view;
    private final Map<ChannelName, Boolean> again = new ConcurrentHashMap<>();
    private volatile Duration more = Duration.ZERO;
    private volatile @Nullable Loop loop;

    /** {@code view}: which pages. */
    public Paging(String name, RestClient rest, Map<ChannelName, Watching> watching, View view) {
        this.name = name;
        this.rest = rest;
        this.watching = Map.copyOf(watching);
        this.view = view;
    }

    @Override
    public void open() {
        loop = Loop.start(name, this::poll);
    }

    private void poll(Loop own) throws InterruptedException {
        watching.values().forEach(one -> one.started(null, 0));
        while (own.pause(BETWEEN.plus(more))) {
            for (Watching one : watching.values()) {
                if (again.remove(one.channel()) != null) {
                    one.started(null, 0);
                }
                turnPages(own, one);
            }
        }
    }

    private void turnPages(Loop own, Watching one) throws InterruptedException {
        boolean full = true;
        while (full && !own.isClosed()) {
            long after = one.position().map(StreamPosition::seq).orElse(0L);
            try {
                full = view == View.EVENTS ? events(one, after) : messages(one, after);
            } catch (ExecutionException e) {
                return; // it is unavailable now: the next round asks again
            }
        }
    }

    private boolean events(Watching one, long after) throws InterruptedException, ExecutionException {
        EventPage page = answer(rest.events(one.channel(), after));
        if (page.first() > after + 1) {
            one.gap(after + 1, page.first() - 1);
        }
        page.events().forEach(one::seen);
        return page.next() != null && !page.events().isEmpty();
    }

    private boolean messages(Watching one, long after) throws InterruptedException, ExecutionException {
        HistoryPage page = answer(rest.messagesAfter(one.channel(), after, MESSAGES));
        page.messages().forEach(one::seen);
        return page.next() != null && !page.messages().isEmpty();
    }

    private static <T> T answer(Future<T> future) throws InterruptedException, ExecutionException {
        return future.get(); // bounded by the client's own time-out
    }

    @Override
    public void cut() {}

    @Override
    public void fromStart(ChannelName channel) {
        again.put(channel, true);
    }

    @Override
    public void slow(Duration each) {
        more = each.multipliedBy(watching.size());
    }

    @Override
    public void close() {
        Loop running = loop;
        if (running != null) {
            running.close();
        }
    }
}
