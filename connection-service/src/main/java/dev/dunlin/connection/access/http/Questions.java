package dev.dunlin.connection.access.http;

import dev.dunlin.connection.loop.HubLoop;
import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ErrorCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Combines questions of one kind into calls to another service. A question after a quiet moment
 * goes out at once. Those that come within {@link #PAUSE} of the last call, or while
 * {@link #CALLS_AT_ONCE} calls are in flight, go together in the next one. So calls grow with the
 * load, and their fixed cost is shared. Lives as long as the node. Thread-safe.
 */
final class Questions<Q, A> {
    /** Calls in flight. With more of them, each would be smaller. */
    private static final int CALLS_AT_ONCE = 2;

    /** From the start of a call to that of the next. */
    static final Duration PAUSE = Duration.ofMillis(20);

    private static final int MOST_WAITING = 20_000;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Function<List<Q>, CompletionStage<List<@Nullable A>>> service;
    private final int most;
    private final HubLoop loop;
    private final Queue<Question<Q, A>> waiting = new ArrayDeque<>();
    private int running;
    private boolean pausing;

    /**
     * Makes no call yet.
     *
     * @param service answers questions, in their order
     * @param most questions in one call
     * @param loop measures the pauses
     */
    Questions(Function<List<Q>, CompletionStage<List<@Nullable A>>> service, int most, HubLoop loop) {
        this.service = service;
        this.most = most;
        this.loop = loop;
    }

    private record Question<Q, A>(Q asked, CompletableFuture<Optional<A>> answer) {}

    /**
     * Empty if the question needs a separate call. Fails as the calls do, or with
     * {@code overloaded}. Never blocks.
     */
    CompletionStage<Optional<A>> ask(Q asked) {
        Question<Q, A> question = new Question<>(asked, new CompletableFuture<>());
        synchronized (this) {
            if (waiting.size() >= MOST_WAITING) {
                return CompletableFuture.failedFuture(
                        new RefusedException(ErrorCode.OVERLOADED, "too many wait for their channels", RETRY));
            }
            waiting.add(question);
        }
        startNext();
        return question.answer();
    }

    private void startNext() {
        List<Question<Q, A>> call = nextCall();
        if (!call.isEmpty()) {
            loop.after(PAUSE, this::pauseEnded);
            var unused = service.apply(call.stream().map(Question::asked).toList())
                    .whenComplete((answers, failure) -> ended(call, answers, failure));
        }
    }

    private synchronized List<Question<Q, A>> nextCall() {
        if (pausing || running >= CALLS_AT_ONCE || waiting.isEmpty()) {
            return List.of();
        }
        List<Question<Q, A>> call = new ArrayList<>();
        while (call.size() < most && !waiting.isEmpty()) {
            call.add(waiting.remove());
        }
        running++;
        pausing = waiting.size() < most; // a full call need not wait
        return call;
    }

    private void pauseEnded() {
        synchronized (this) {
            pausing = false;
        }
        startNext();
    }

    private void ended(List<Question<Q, A>> call, @Nullable List<@Nullable A> answers, @Nullable Throwable failure) {
        synchronized (this) {
            running--;
        }
        startNext();
        for (int i = 0; i < call.size(); i++) {
            if (answers != null && i < answers.size()) {
                call.get(i).answer().complete(Optional.ofNullable(answers.get(i)));
            } else {
                call.get(i)
                        .answer()
                        .completeExceptionally(failure == null ? new IllegalStateException("no answer") : failure);
            }
        }
    }
}
