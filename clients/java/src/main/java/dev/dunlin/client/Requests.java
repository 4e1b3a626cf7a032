package dev.dunlin.client;

import dev.dunlin.client.loop.EventLoop;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Requests on the current link that wait for their reply. Bounded, each for a limited time. On the
 * loop only.
 */
final class Requests {
    private static final int MOST = 1000;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final EventLoop loop;
    private final Map<Ref, Waiting> waiting = new HashMap<>();

    private record Waiting(CompletableFuture<ServerFrame.Reply> reply, EventLoop.Timer timeout) {}

    Requests(EventLoop loop) {
        this.loop = loop;
    }

    /** Waits for the reply with that ref. */
    CompletableFuture<ServerFrame.Reply> expect(Ref ref) {
        if (waiting.size() >= MOST) {
            return CompletableFuture.failedFuture(
                    new RequestFailed(ErrorCode.OVERLOADED, MOST + " requests are already waiting"));
        }
        CompletableFuture<ServerFrame.Reply> reply = new CompletableFuture<>();
        EventLoop.Timer timeout = loop.schedule(
                TIMEOUT, () -> fail(ref, new RequestFailed(ErrorCode.UNAVAILABLE, "no answer within " + TIMEOUT)));
        waiting.put(ref, new Waiting(reply, timeout));
        return reply;
    }

    /** Gives a reply to who waits for it, if anybody does. */
    void answer(Ref ref, ServerFrame.Reply reply) {
        Waiting one = waiting.remove(ref);
        if (one == null) {
            return;
        }
        one.timeout.cancel();
        if (reply instanceof ServerFrame.ErrorReply error) {
            one.reply.completeExceptionally(RequestFailed.of(error));
        } else {
            one.reply.complete(reply);
        }
    }

    /** Fails all: their link is gone. */
    void failAll(String why) {
        for (Ref ref : List.copyOf(waiting.keySet())) {
            fail(ref, new RequestFailed(ErrorCode.UNAVAILABLE, why));
        }
    }

    private void fail(Ref ref, RequestFailed failure) {
        Waiting one = waiting.remove(ref);
        if (one != null) {
            one.timeout.cancel();
            one.reply.completeExceptionally(failure);
        }
    }
}
