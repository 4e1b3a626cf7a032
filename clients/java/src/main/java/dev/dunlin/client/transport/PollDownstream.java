package dev.dunlin.client.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.dunlin.client.rest.Http;
import dev.dunlin.protocol.InvalidInput;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.frame.Device;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Long polling: the fallback that gets through wherever a web page does. */
final class PollDownstream implements Downstream {
    /** Seconds that the server may hold a request. */
    private static final int HOLD = 30;

    private static final Duration SILENCE = Duration.ofSeconds(HOLD + 15);

    private final Device device;

    PollDownstream(Device device) {
        this.device = device;
    }

    @Override
    public Duration silence(Duration heartbeat) {
        return SILENCE;
    }

    @Override
    public boolean streams() {
        return false;
    }

    @Override
    public CompletableFuture<Void> fetch(Request request, Http http, Executor loop, Answer answer) {
        String cursor = request.cursor();
        String from = cursor == null ? "" : "&cursor=" + Request.encode(cursor);
        int hold = request.first() || cursor == null ? 1 : HOLD;
        String target = "/v1/poll?" + request.query(device) + from + "&timeout=" + hold;
        var page = http.open(target, Map.of("Accept", "application/json"), BodyHandlers.ofByteArray());
        CompletableFuture<Void> over = page.thenAcceptAsync(bytes -> take(bytes, answer), loop);
        var unused = over.whenComplete((done, failure) -> {
            if (over.isCancelled()) {
                page.cancel(true);
            }
        });
        return over;
    }

    private static void take(byte[] bytes, Answer answer) {
        JsonNode page = parse(bytes);
        JsonNode cursor = page.path("cursor");
        if (!page.path("frames").isArray() || !cursor.isTextual()) {
            throw new NotHere("no poll answer");
        }
        Frames.in(page.path("frames")).forEach(answer::onFrame);
        answer.onCursor(cursor.asText());
        answer.onAlive();
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            return Json.parse(bytes);
        } catch (InvalidInput notJson) {
            return MissingNode.getInstance();
        }
    }
}
