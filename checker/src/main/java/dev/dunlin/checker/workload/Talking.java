package dev.dunlin.checker.workload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.checker.history.Answer;
import dev.dunlin.checker.history.Event;
import dev.dunlin.checker.history.PushMessage;
import dev.dunlin.checker.history.PushRecorder;
import dev.dunlin.checker.transport.Loop;
import dev.dunlin.checker.transport.Publishing;
import dev.dunlin.checker.transport.rest.RestPublishing;
import dev.dunlin.client.rest.Change;
import dev.dunlin.client.rest.RestClient;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.Json;
import dev.dunlin.protocol.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One user that publishes messages over REST, and edits or deletes some of the last ones. A message
 * whose edit got no answer is left alone, because that edit may be carried out late. For one
 * thread.
 */
final class Talking {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration EACH = Duration.ofSeconds(8);
    private static final int LEAST_PAUSE_MILLIS = 300;
    private static final int MOST_PAUSE_MILLIS = 1_500;
    /** How many of the last messages may be edited. */
    private static final int RECENT = 4;

    private static final int ONE_IN_REVISED = 2;
    private static final int ONE_IN_DELETED = 3;

    private final UserId user;
    private final RestClient rest;
    private final Publishing publishing;
    private final List<ChannelName> channels;
    private final PushRecorder recorder;
    private final Random random;
    private final List<PushMessage> recent = new ArrayList<>();
    private int count;

    Talking(UserId user, RestClient rest, List<ChannelName> channels, PushRecorder recorder, Random random) {
        this.user = user;
        this.rest = rest;
        this.publishing = new RestPublishing(rest);
        this.channels = List.copyOf(channels);
        this.recorder = recorder;
        this.random = random;
    }

    /** Until the loop is closed. */
    void run(Loop loop) throws InterruptedException {
        while (loop.pause(Duration.ofMillis(random.nextInt(LEAST_PAUSE_MILLIS, MOST_PAUSE_MILLIS)))
                && !recorder.isFull()) {
            publish();
            if (!recent.isEmpty() && random.nextInt(ONE_IN_REVISED) == 0) {
                revise(recent.remove(random.nextInt(recent.size())));
            }
        }
    }

    private void publish() throws InterruptedException {
        ChannelName channel = channels.get(random.nextInt(channels.size()));
        JsonNode data = data();
        long invoked = recorder.now();
        if (publishing.publish(channel, new ClientMessageId(user + "-" + count), data, PATIENCE)
                instanceof Answer.Acked(long seq)) {
            recent.add(recorder.acked(channel, seq, user, Event.content(data), invoked));
            if (recent.size() > RECENT) {
                recent.removeFirst();
            }
        }
    }

    /** Unlike any other content. */
    private JsonNode data() {
        count++;
        return Json.tree(Map.of("text", user + " " + count));
    }

    private void revise(PushMessage message) throws InterruptedException {
        if (random.nextInt(ONE_IN_DELETED) == 0) {
            boolean unused = carryOut(message, null, () -> rest.delete(message.channel(), message.seq()));
            return;
        }
        JsonNode data = data();
        if (carryOut(message, Event.content(data), () -> rest.edit(message.channel(), message.seq(), data, null))) {
            recent.addLast(message);
        }
    }

    /** Returns whether it was acknowledged; records it in any case. */
    private boolean carryOut(PushMessage message, @Nullable String content, Supplier<CompletableFuture<Change>> change)
            throws InterruptedException {
        long invoked = recorder.now();
        boolean acked = false;
        try {
            var unused = change.get().get(EACH.toMillis(), TimeUnit.MILLISECONDS);
            acked = true;
        } catch (ExecutionException | TimeoutException e) {
            // it may have taken effect
        } finally {
            recorder.revised(message, content, invoked, acked);
        }
        return acked;
    }
}
