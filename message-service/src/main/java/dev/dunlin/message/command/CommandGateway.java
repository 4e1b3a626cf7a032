package dev.dunlin.message.command;

import dev.dunlin.edge.FreshChannels;
import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.NodeId;
import dev.dunlin.protocol.Refusal;
import dev.dunlin.protocol.SessionId;
import dev.dunlin.protocol.frame.ServerFrame;
import dev.dunlin.protocol.kafka.ChannelCommand;
import dev.dunlin.protocol.kafka.ChannelCommand.Grant;
import dev.dunlin.protocol.kafka.ChannelCommand.Operation;
import dev.dunlin.protocol.kafka.ChannelCommand.ReplyTo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Sends the commands of REST requests and waits for their outcomes. They go through Kafka to the
 * one writer of the channel, which may be another process, and back over the bus to this process.
 * One for a process; thread-safe. {@link #ask} blocks its virtual thread, {@link #settle} does not
 * block.
 */
public final class CommandGateway {
    private static final Refusal OVERLOADED =
            new Refusal(ErrorCode.OVERLOADED, "too many requests are waiting; try again", Duration.ofSeconds(1));
    private static final Answer NO_OUTCOME = new Answer.Refused(new Refusal(
            ErrorCode.UNAVAILABLE,
            "no outcome in time; repeat the request, with the same id if it has one",
            Duration.ofSeconds(1)));

    private final NodeId node;
    private final CommandSender sender;
    private final Duration timeout;
    private final Semaphore places;
    private final FreshChannels fresh;
    private final PublishRates rates;
    /**
     * Of this process's requests only: a late reply to an earlier process with the same node id
     * finds no request.
     */
    private final String prefix;

    private final AtomicLong requests = new AtomicLong();
    private final Map<SessionId, CompletableFuture<ServerFrame>> waiting = new ConcurrentHashMap<>();

    /**
     * At most {@code mostWaiting} requests wait, each at most {@code timeout}. {@code random} is
     * used here only.
     */
    public CommandGateway(
            NodeId node,
            CommandSender sender,
            Duration timeout,
            int mostWaiting,
            FreshChannels fresh,
            PublishRates rates,
            RandomGenerator random) {
        this.fresh = fresh;
        this.rates = rates;
        this.node = node;
        this.sender = sender;
        this.timeout = timeout;
        this.prefix = "rest-" + Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX) + "-";
        this.places = new Semaphore(mostWaiting);
    }

    /**
     * Sends a command and waits for its outcome. The refusal has the writer's code if the command
     * is refused, {@code rate_limited} if the user publishes too much or begins to write to too
     * many channels, {@code overloaded} if too many requests wait. It is {@code unavailable} if
     * there is no outcome in time; then the command may still be carried out.
     */
    public Answer ask(ChannelName channel, Asker asker, Operation operation) {
        Optional<Refusal> limited = findLimit(channel, asker, operation);
        if (limited.isPresent()) {
            return new Answer.Refused(limited.get());
        }
        if (!places.tryAcquire()) {
            return new Answer.Refused(OVERLOADED);
        }
        try {
            return answer(send(new Request(channel, asker, operation)), System.nanoTime() + timeout.toNanos());
        } finally {
            places.release();
        }
    }

    /**
     * Sends many commands, in order, and then waits for all of them: commands for one channel are
     * carried out in their order. The answers are in the order of the requests. The timeout is for
     * all together.
     */
    public Answers askAll(List<Request> requests) {
        if (!places.tryAcquire(requests.size())) {
            return new Answers.Refused(OVERLOADED);
        }
        try {
            long deadlineNanos = System.nanoTime() + timeout.toNanos();
            List<Optional<Sent>> sent = new ArrayList<>(requests.size());
            for (Request request : requests) {
                sent.add(System.nanoTime() < deadlineNanos ? Optional.of(send(request)) : Optional.empty());
            }
            return new Answers.Each(sent.stream()
                    .map(one -> one.map(asked -> answer(asked, deadlineNanos)).orElse(NO_OUTCOME))
                    .toList());
        } finally {
            places.release(requests.size());
        }
    }

    private Optional<Refusal> findLimit(ChannelName channel, Asker asker, Operation operation) {
        if (asker.grant() == Grant.SERVER) {
            return Optional.empty();
        }
        return rates.take(asker.user(), operation)
                .or(() -> mayCreate(operation) ? fresh.take(asker.user(), channel) : Optional.empty());
    }

    private static boolean mayCreate(Operation operation) {
        return operation instanceof ChannelCommand.Publish
                || operation instanceof ChannelCommand.CreateChannel
                || operation instanceof ChannelCommand.AddMember
                || (operation instanceof ChannelCommand.Block block && block.on());
    }

    /** What somebody asks of a channel. */
    public record Request(ChannelName channel, Asker asker, Operation operation) {}

    /** What came of a request. */
    public sealed interface Answer {
        record Done(Settled settled) implements Answer {}

        record Refused(Refusal refusal) implements Answer {}
    }

    /** What came of many requests. */
    public sealed interface Answers {
        /** An answer for each of the requests. */
        record Each(List<Answer> answers) implements Answers {}

        /** Nothing was sent. */
        record Refused(Refusal refusal) implements Answers {}
    }

    private record Sent(SessionId id, CompletableFuture<ServerFrame> reply, CompletableFuture<Outcome> outcome) {}

    private record Outcome(LogPosition position, ServerFrame reply) {}

    private Sent send(Request request) {
        SessionId id = new SessionId(prefix + requests.incrementAndGet());
        CompletableFuture<ServerFrame> reply = new CompletableFuture<>();
        waiting.put(id, reply);
        Asker asker = request.asker();
        ChannelCommand command = new ChannelCommand(
                request.channel(), asker.user(), asker.grant(), new ReplyTo(node, id, null), request.operation());
        try {
            CompletableFuture<LogPosition> stored = sender.send(command, asker.trace());
            TraceLog.published(asker.trace(), request.channel());
            return new Sent(id, reply, stored.thenCombine(reply, Outcome::new));
        } catch (RuntimeException failure) {
            return new Sent(id, reply, CompletableFuture.failedFuture(failure));
        }
    }

    /** Waits until {@code deadlineNanos}, of {@link System#nanoTime}. */
    private Answer answer(Sent sent, long deadlineNanos) {
        try {
            long leftNanos = Math.max(0, deadlineNanos - System.nanoTime());
            return answer(sent.outcome().get(leftNanos, TimeUnit.NANOSECONDS));
        } catch (TimeoutException | ExecutionException e) {
            return NO_OUTCOME;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NO_OUTCOME;
        } finally {
            waiting.remove(sent.id(), sent.reply());
        }
    }

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

    private static Answer answer(Outcome outcome) {
        return switch (outcome.reply()) {
            case ServerFrame.Ack ack -> new Answer.Done(new Settled(ack, outcome.position()));
            case ServerFrame.ErrorReply error -> new Answer.Refused(new Refusal(error.code(), error.message()));
            default -> throw new IllegalStateException("not a reply to a command: " + outcome.reply());
        };
    }
}
