package dev.dunlin.examples.chat;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.ServerFrame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Shows the history first, and what came live meanwhile after it. Thread-safe. */
final class Transcript {
    private static final int SECONDS_TO_SHOW = 3;

    private final ChatScreen screen;
    private final List<ServerFrame.LogEvent> meanwhile = new ArrayList<>();
    private boolean started;
    private long shown;
    private long newestMessage;
    private final Map<UserId, Long> newestOf = new HashMap<>();
    private long wanted = Long.MAX_VALUE;
    private CompletableFuture<Void> whenShown = new CompletableFuture<>();

    Transcript(ChatScreen screen) {
        this.screen = screen;
    }

    synchronized void start(List<ServerFrame.Message> history) {
        history.forEach(this::show);
        meanwhile.forEach(this::show);
        meanwhile.clear();
        started = true;
    }

    synchronized void add(ServerFrame.LogEvent event) {
        if (started) {
            show(event);
        } else {
            meanwhile.add(event);
        }
    }

    /**
     * Completes when the event {@code seq} has been shown, or a few seconds later without: an ack
     * says enough.
     */
    synchronized CompletableFuture<Void> shown(long seq) {
        if (shown >= seq) {
            return CompletableFuture.completedFuture(null);
        }
        wanted = seq;
        whenShown = new CompletableFuture<>();
        return whenShown.completeOnTimeout(null, SECONDS_TO_SHOW, TimeUnit.SECONDS);
    }

    /** The newest message that was shown; 0 if there is none. */
    synchronized long newestMessage() {
        return newestMessage;
    }

    /** The newest message of somebody that was shown; 0 if there is none. */
    synchronized long newestMessageOf(UserId user) {
        return newestOf.getOrDefault(user, 0L);
    }

    /** Whose messages were shown. */
    synchronized Set<UserId> senders() {
        Set<UserId> senders = new TreeSet<>(Comparator.comparing(UserId::value));
        senders.addAll(newestOf.keySet());
        return senders;
    }

    /** Everything up to this has been shown. */
    synchronized long shown() {
        return shown;
    }

    private void show(ServerFrame.LogEvent event) {
        screen.event(event);
        shown = Math.max(shown, event.seq());
        if (event instanceof ServerFrame.Message message) {
            newestMessage = Math.max(newestMessage, message.seq());
            newestOf.merge(message.from(), message.seq(), Math::max);
        }
        if (shown >= wanted) {
            whenShown.complete(null);
        }
    }
}
