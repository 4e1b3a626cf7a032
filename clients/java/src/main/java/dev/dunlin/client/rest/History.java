package dev.dunlin.client.rest;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.frame.ServerFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A channel's messages, page by page as they are wanted: the newest first, or with {@link #after}
 * the oldest first. Each iteration starts from the beginning. Iterating blocks while a page is
 * fetched, so not on a client's own thread; it throws {@link dev.dunlin.client.RequestFailed} if
 * the suite refuses, and {@link UncheckedIOException} if it cannot be reached. Immutable.
 */
public final class History implements Iterable<ServerFrame.Message> {
    private static final int STANDARD_PAGE = 50;
    private static final int MOST_PAGE = 200;

    private final RestClient rest;
    private final ChannelName channel;
    private final OptionalLong before;
    private final OptionalLong after;
    private final int pageSize;

    private History(RestClient rest, ChannelName channel, OptionalLong before, OptionalLong after, int pageSize) {
        this.rest = rest;
        this.channel = channel;
        this.before = before;
        this.after = after;
        this.pageSize = pageSize;
    }

    /** All of a channel, the newest first, in pages of 50. */
    public static History of(RestClient rest, ChannelName channel) {
        return new History(rest, channel, OptionalLong.empty(), OptionalLong.empty(), STANDARD_PAGE);
    }

    /** Going back from the message before {@code seq}. */
    public History before(long seq) {
        return new History(rest, channel, OptionalLong.of(seq), OptionalLong.empty(), pageSize);
    }

    /** Going forward from the message after {@code seq}, to the newest. */
    public History after(long seq) {
        return new History(rest, channel, OptionalLong.empty(), OptionalLong.of(seq), pageSize);
    }

    /** Messages a page, 1 to 200. */
    public History pageSize(int messages) {
        if (messages < 1 || messages > MOST_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + MOST_PAGE + " messages, not " + messages);
        }
        return new History(rest, channel, before, after, messages);
    }

    /** The messages one by one. */
    public Stream<ServerFrame.Message> stream() {
        return pages().flatMap(page -> (after.isPresent() ? page : newestFirst(page)).stream());
    }

    /** Page by page, each oldest first. */
    public Stream<List<ServerFrame.Message>> pages() {
        Iterable<List<ServerFrame.Message>> pages = Pages::new;
        return StreamSupport.stream(pages.spliterator(), false);
    }

    @Override
    public Iterator<ServerFrame.Message> iterator() {
        return stream().iterator();
    }

    private static List<ServerFrame.Message> newestFirst(List<ServerFrame.Message> page) {
        List<ServerFrame.Message> reversed = new ArrayList<>(page);
        Collections.reverse(reversed);
        return reversed;
    }

    private HistoryPage fetch(OptionalLong from) {
        try {
            return after.isPresent()
                    ? rest.messagesAfter(channel, from.orElse(0), pageSize).join()
                    : rest.messagesBefore(channel, from, pageSize).join();
        } catch (CompletionException e) {
            Throwable cause = Http.cause(e);
            if (cause instanceof RuntimeException refused) {
                throw refused;
            }
            throw cause instanceof IOException unreachable ? new UncheckedIOException(unreachable) : e;
        }
    }

    private final class Pages implements Iterator<List<ServerFrame.Message>> {
        private OptionalLong from = after.isPresent() ? after : before;
        private boolean last;
        private @Nullable List<ServerFrame.Message> next;

        @Override
        public boolean hasNext() {
            if (next == null && !last) {
                HistoryPage page = fetch(from);
                next = page.messages();
                last = next.isEmpty() || (after.isPresent() ? page.next() : page.prev()) == null;
                if (!next.isEmpty()) {
                    ServerFrame.Message edge = after.isPresent() ? next.get(next.size() - 1) : next.get(0);
                    from = OptionalLong.of(edge.seq());
                }
            }
            return next != null && !next.isEmpty();
        }

        @Override
        public List<ServerFrame.Message> next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            List<ServerFrame.Message> page = next;
            next = null;
            return page;
        }
    }
}
