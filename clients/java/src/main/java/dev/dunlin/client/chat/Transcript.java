package dev.dunlin.client.chat;

import dev.dunlin.protocol.frame.ServerFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Shows the history first, and what came live meanwhile after it. Thread-safe. */
final class Transcript {
    private static final int SECONDS_TO_SHOW = 3;

    private final ChatScreen screen;
    private final List<ServerFrame.LogEvent> meanwhile = new ArrayList<>();
    private boolean started;
    private boolean connected;
    private long shown;
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

    /** Completes when the event {@code seq} has been shown, or a few seconds later without: an ack says enough. */
    synchronized CompletableFuture<Void> shown(long seq) {
        if (shown >= seq) {
            return CompletableFuture.completedFuture(null);
        }
        wanted = seq;
        whenShown = new CompletableFuture<>();
        return whenShown.completeOnTimeout(null, SECONDS_TO_SHOW, TimeUnit.SECONDS);
    }

    synchronized void connected() {
        connected = true;
    }

    synchronized boolean wasConnected() {
        return connected;
    }

    private void show(ServerFrame.LogEvent event) {
        screen.event(event);
        shown = Math.max(shown, event.seq());
        if (shown >= wanted) {
            whenShown.complete(null);
        }
    }
}
