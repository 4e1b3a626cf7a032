package dev.dunlin.connection.access.http;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ErrorCode;
import dev.dunlin.protocol.http.AccessQuery;
import dev.dunlin.protocol.http.AccessQuery.Asked;
import dev.dunlin.protocol.http.ChannelAccess;
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
 * Combines access queries into calls. Queries that arrive while calls are in flight go into the
 * next call, so calls grow with the load, and a single query does not wait. Thread-safe.
 */
final class Questions {
    /** Calls in flight. With more of them, each would be smaller. */
    private static final int CALLS_AT_ONCE = 2;

    private static final int MOST_WAITING = 20_000;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Function<List<Asked>, CompletionStage<List<@Nullable ChannelAccess>>> service;
    private final Queue<Question> waiting = new ArrayDeque<>();
    private int running;

    /** {@code service} answers the queries, in their order. */
    Questions(Function<List<Asked>, CompletionStage<List<@Nullable ChannelAccess>>> service) {
        this.service = service;
    }

    private record Question(Asked asked, CompletableFuture<Optional<ChannelAccess>> answer) {}

    /**
     * Empty if the channel needs a call of its own. Fails as the calls do, or with
     * {@code overloaded}. Never blocks.
     */
    CompletionStage<Optional<ChannelAccess>> ask(Asked asked) {
        Question question = new Question(asked, new CompletableFuture<>());
        synchronized (this) {
            if (waiting.size() >= MOST_WAITING) {
                return CompletableFuture.failedFuture(
                        new RefusedException(ErrorCode.OVERLOADED, "too many wait for their subscription", RETRY));
            }
            waiting.add(question);
        }
        startNext();
        return question.answer();
    }

    private void startNext() {
        List<Question> call = nextCall();
        if (!call.isEmpty()) {
            var unused = service.apply(call.stream().map(Question::asked).toList())
                    .whenComplete((answers, failure) -> ended(call, answers, failure));
        }
    }

    private synchronized List<Question> nextCall() {
        List<Question> call = new ArrayList<>();
        if (running < CALLS_AT_ONCE) {
            while (call.size() < AccessQuery.MOST && !waiting.isEmpty()) {
                call.add(waiting.remove());
            }
            running += call.isEmpty() ? 0 : 1;
        }
        return call;
    }

    private void ended(
            List<Question> call, @Nullable List<@Nullable ChannelAccess> answers, @Nullable Throwable failure) {
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
