package dev.dunlin.client.transport;

import dev.dunlin.client.RequestFailed;
import dev.dunlin.client.rest.Http;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.http.EventPage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Asks by REST for epoch and head of the channels that got no {@code subscribed}, and finds those
 * that the server refuses. A failed request leaves its channel as it is. On the loop only.
 */
final class ChannelLookup {
    private final RestClient rest;
    private final AskedChannels channels;
    private final Executor loop;
    private boolean stopped;

    ChannelLookup(RestClient rest, AskedChannels channels, Executor loop) {
        this.rest = rest;
        this.channels = channels;
        this.loop = loop;
    }

    /** Asks one channel after the other. Completes on the loop, with whether one was refused. */
    CompletableFuture<Boolean> run() {
        return next(channels.unanswered(), false);
    }

    /** The link is closed: answers are ignored. */
    void stop() {
        stopped = true;
    }

    private CompletableFuture<Boolean> next(List<ChannelName> unanswered, boolean refused) {
        if (stopped || unanswered.isEmpty()) {
            return CompletableFuture.completedFuture(refused);
        }
        ChannelName channel = unanswered.get(0);
        return rest.events(channel, 0, 1)
                .handleAsync((page, failure) -> take(channel, page, failure), loop)
                .thenCompose(one -> next(unanswered.subList(1, unanswered.size()), refused || one));
    }

    /** Returns whether the channel is refused. */
    private boolean take(ChannelName channel, EventPage page, @Nullable Throwable failure) {
        if (stopped) {
            return false;
        }
        if (failure == null) {
            channels.answered(new ServerFrame.Subscribed(null, channel, page.epoch(), page.head(), null, null), false);
            return false;
        }
        return Http.cause(failure) instanceof RequestFailed refusal && isRefused(channel, refusal);
    }

    private boolean isRefused(ChannelName channel, RequestFailed refusal) {
        if (refusal.code() == ErrorCode.FORBIDDEN || refusal.code() == ErrorCode.NOT_FOUND) {
            channels.refused(channel, refusal.code(), String.valueOf(refusal.getMessage()));
            return true;
        }
        if (refusal.code() == ErrorCode.BAD_REQUEST) {
            // Ephemeral: it stores nothing, so it has no position.
            channels.answered(new ServerFrame.Subscribed(null, channel, null, null, null, null), false);
        }
        return false;
    }
}
