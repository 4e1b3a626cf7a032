package dev.dunlin.client;

import dev.dunlin.client.loop.EventLoop;
import dev.dunlin.protocol.frame.ClientFrame;
import dev.dunlin.protocol.frame.Ref;
import dev.dunlin.protocol.frame.ServerFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Sends publishes, and sends them again until each is acknowledged or refused for good. A publish
 * whose client closes first fails. On the loop only; its owner bounds it.
 */
final class PublishQueue {
    private static final Duration CHECK_ACKS = Duration.ofSeconds(5);
    /** With the standard backoff, a quarter of an hour of retryable refusals. */
    private static final int MAX_REFUSALS = 30;

    private final EventLoop loop;
    private final Backoff backoff;
    private final RandomGenerator random;
    private final Consumer<ClientFrame> send;
    private final BooleanSupplier up;
    private final SendQueue queue = new SendQueue();
    private final List<Runnable> whenEmpty = new ArrayList<>();
    private EventLoop.Timer checks = EventLoop.Timer.NONE;

    /** {@code send} sends a frame if a link is up, and drops it otherwise. */
    PublishQueue(
            EventLoop loop, Backoff backoff, RandomGenerator random, Consumer<ClientFrame> send, BooleanSupplier up) {
        this.loop = loop;
        this.backoff = backoff;
        this.random = random;
        this.send = send;
        this.up = up;
    }

    /** Starts to look for answers that got lost. */
    void start() {
        checks.cancel();
        checks = loop.schedule(CHECK_ACKS, this::checkAcks);
    }

    /** Adds a message, and sends it unless an earlier one of its channel is in flight. */
    void add(ClientFrame.Publish message, CompletableFuture<ServerFrame.Ack> ack) {
        Ref ref = Objects.requireNonNull(message.ref(), "a publish has a ref");
        queue.add(ref, new SendQueue.Pending(message, ack));
        if (queue.next(message.channel()).filter(message::equals).isPresent()) {
            send.accept(message);
        }
    }

    /** A link is up: sends the oldest message of each channel. */
    void sendAgain() {
        queue.heads().forEach(send);
    }

    /** Returns whether a publish waited for it. */
    boolean onAck(ServerFrame.Ack ack) {
        Ref ref = ack.ref();
        Optional<SendQueue.Pending> waiting = ref == null ? Optional.empty() : queue.remove(ref);
        waiting.ifPresent(pending -> {
            pending.ack().complete(ack);
            next(pending);
        });
        return waiting.isPresent();
    }

    /** Returns whether a publish waited for it. */
    boolean onError(Ref ref, ServerFrame.ErrorReply error) {
        Optional<SendQueue.Pending> waiting = queue.find(ref);
        waiting.ifPresent(pending -> onRefused(ref, pending, error));
        return waiting.isPresent();
    }

    /** Runs a task once no publish waits any more; now, if none does. */
    void whenEmpty(Runnable task) {
        if (queue.isEmpty()) {
            task.run();
        } else {
            whenEmpty.add(task);
        }
    }

    /** The connection is closed for good: fails all publishes. */
    void fail(RequestFailed why) {
        checks.cancel();
        queue.drain().forEach(pending -> pending.ack().completeExceptionally(why));
        announceEmpty();
    }

    private void onRefused(Ref ref, SendQueue.Pending pending, ServerFrame.ErrorReply error) {
        int refusals = pending.countRefusal();
        if (error.retryable() && refusals <= MAX_REFUSALS) {
            Duration asked = Duration.ofMillis(error.retryAfterMs() == null ? 0 : Math.max(0, error.retryAfterMs()));
            loop.schedule(
                    asked.plus(backoff.delay(refusals, random)),
                    () -> queue.find(ref).ifPresent(still -> send.accept(still.frame())));
        } else {
            queue.remove(ref);
            pending.ack().completeExceptionally(RequestFailed.of(error));
            next(pending);
        }
    }

    private void next(SendQueue.Pending done) {
        queue.next(done.frame().channel()).ifPresent(send);
        announceEmpty();
    }

    private void announceEmpty() {
        if (queue.isEmpty()) {
            List<Runnable> tasks = List.copyOf(whenEmpty);
            whenEmpty.clear();
            tasks.forEach(Runnable::run);
        }
    }

    /** A bus may lose a reply: what waits for long is sent again, with the same id. */
    private void checkAcks() {
        if (up.getAsBoolean()) {
            queue.overdue().forEach(send);
        }
        start();
    }
}
