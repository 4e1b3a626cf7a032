package dev.dunlin.connection.fake;

import dev.dunlin.connection.catchup.EventLog;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.http.EventPage;
import dev.dunlin.protocol.http.HeadList;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A log that answers when the test says so, with what it has then. */
public final class SlowLog implements EventLog {
    private final EventLog log;
    private final Queue<Runnable> asked = new ArrayDeque<>();

    public SlowLog(EventLog log) {
        this.log = log;
    }

    /** How many calls wait for their answer. */
    public int waiting() {
        return asked.size();
    }

    /** Answers the oldest call. */
    public void answer() {
        asked.remove().run();
    }

    @Override
    public CompletionStage<EventPage> events(ChannelName channel, long after) {
        CompletableFuture<EventPage> page = new CompletableFuture<>();
        asked.add(() -> {
            var unused = log.events(channel, after).whenComplete((found, failure) -> {
                if (failure == null) {
                    page.complete(found);
                } else {
                    page.completeExceptionally(failure);
                }
            });
        });
        return page;
    }

    @Override
    public CompletionStage<List<HeadList.Head>> heads(List<ChannelName> channels) {
        return log.heads(channels);
    }
}
