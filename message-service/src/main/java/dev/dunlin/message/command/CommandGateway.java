package dev.dunlin.message.command;

import dev.dunlin.edge.Refusal;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.Operation;
import dev.dunlin.protocol.kafka.ChannelCommand.ReplyTo;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * Requests that wait for the outcome of a command. They take the same way as everybody's: through Kafka to the one writer of the channel, which may be another process,
 * and back over the bus to this process. Thread-safe; {@link #ask} blocks its virtual thread, {@link #settle} does not block.
 */
public final class CommandGateway {
    private final NodeId node;
    private final CommandSender sender;
    private final Duration timeout;
    private final RandomGenerator random;
    private final Semaphore places;
    private final Map<SessionId, CompletableFuture<ServerFrame>> waiting = new ConcurrentHashMap<>();

    /** At most {@code mostWaiting} requests wait, each at most {@code timeout}. */
    public CommandGateway(
            NodeId node, CommandSender sender, Duration timeout, int mostWaiting, RandomGenerator random) {
        this.node = node;
        this.sender = sender;
        this.timeout = timeout;
        this.random = random;
        this.places = new Semaphore(mostWaiting);
    }

    /**
     * Asks and waits. Throws {@link Refusal} with the writer's code if the command is refused, {@code overloaded} if too many wait, {@code unavailable} if there is no
     * outcome in time; then the command may still be carried out.
     */
    public Settled ask(ChannelName channel, Asker asker, Operation operation) {
        if (!places.tryAcquire()) {
            throw new Refusal(ErrorCode.OVERLOADED, "too many requests wait; try again", Duration.ofSeconds(1));
        }
        SessionId request = new SessionId("rest-" + Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX)
                + Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX));
        CompletableFuture<ServerFrame> reply = new CompletableFuture<>();
        waiting.put(request, reply);
        try {
            ChannelCommand command = new ChannelCommand(
                    channel, asker.user(), asker.grant(), new ReplyTo(node, request, null), operation);
            CompletableFuture<LogPosition> sent = sender.send(command, asker.trace());
            TraceLog.published(asker.trace(), channel);
            return settled(sent.thenCombine(reply, Answer::new).get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        } finally {
            waiting.remove(request, reply);
            places.release();
        }
    }

    private record Answer(LogPosition position, ServerFrame reply) {}

    /** A reply came for a request; nobody may be waiting any more. */
    public void settle(SessionId request, ServerFrame reply) {
        CompletableFuture<ServerFrame> future = waiting.get(request);
        if (future != null) {
            future.complete(reply);
        }
    }

    /** How many requests wait. */
    public int waiting() {
        return waiting.size();
    }

    private static Settled settled(Answer answer) {
        return switch (answer.reply()) {
            case ServerFrame.Ack ack -> new Settled(ack, answer.position());
            case ServerFrame.ErrorReply error -> throw new Refusal(error.code(), error.message());
            default -> throw new IllegalStateException("not a reply to a command: " + answer.reply());
        };
    }

    private static Refusal unavailable() {
        return new Refusal(
                ErrorCode.UNAVAILABLE,
                "no outcome in time; repeat the request, with the same id if it has one",
                Duration.ofSeconds(1));
    }
}
