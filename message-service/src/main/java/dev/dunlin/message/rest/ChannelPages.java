package dev.dunlin.message.rest;

import dev.dunlin.message.channel.ChannelView;
import dev.dunlin.message.history.History;
import dev.dunlin.message.history.Retained;
import dev.dunlin.message.membership.Memberships;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.frame.Hidden;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.EventPage;
import dev.dunlin.protocol.http.MemberPage;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pages for users and services alike. The caller has checked that they may read the channel.
 * Thread-safe; blocks.
 */
@Singleton
final class ChannelPages {
    static final int USUAL_EVENTS = 200;
    static final int USUAL_MEMBERS = 100;
    static final int MOST = 1_000;

    private final History history;
    private final Retained retained;
    private final Memberships memberships;

    ChannelPages(History history, Retained retained, Memberships memberships) {
        this.history = history;
        this.retained = retained;
        this.memberships = memberships;
    }

    /** A page of the raw log. */
    EventPage events(ChannelView view, @Nullable String after, @Nullable String limit) {
        long from = Query.seq("after", after).orElse(0L);
        int size = Query.limit(limit, USUAL_EVENTS, MOST);
        long first = retained.first(view);
        List<ServerFrame.LogEvent> found = history.events(view.channel().name(), Math.max(from, first - 1), size + 1);
        List<ServerFrame.LogEvent> page = found.stream()
                .limit(size)
                .map(event -> Hidden.from(view.from(), event))
                .toList();
        // Events may have been appended since the channel was read: a head below the page would be
        // a lie.
        long head = Math.max(
                view.channel().head(), found.isEmpty() ? 0 : found.getLast().seq());
        return new EventPage(
                view.channel().epoch(),
                head,
                first,
                page,
                found.size() > size ? Long.toString(page.getLast().seq()) : null);
    }

    /** A page of the members. */
    MemberPage members(ChannelName channel, @Nullable String limit, @Nullable String cursor) {
        int size = Query.limit(limit, USUAL_MEMBERS, MOST);
        List<MemberPage.Member> found = memberships.page(channel, Query.user(cursor), size + 1);
        return found.size() <= size
                ? new MemberPage(found, null)
                : new MemberPage(
                        found.subList(0, size),
                        Query.toCursor(found.get(size - 1).user().value()));
    }
}
