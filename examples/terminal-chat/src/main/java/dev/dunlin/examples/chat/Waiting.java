package dev.dunlin.examples.chat;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for answers, unless the chat comes to its end before. Thread-safe. */
final class Waiting {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI origin;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> failed = new CompletableFuture<>();

    Waiting(URI origin) {
        this.origin = origin;
    }

    /** Nothing more will be said. */
    void end() {
        ended.complete(null);
    }

    /** It cannot go on; {@code why} is one line for the user. */
    void fail(String why) {
        ChatFailed failure = new ChatFailed(why);
        failed.completeExceptionally(failure);
        ended.completeExceptionally(failure);
    }

    /** Waits for an answer, some seconds. */
    <T> T await(CompletableFuture<T> answer) throws ChatFailed {
        done(CompletableFuture.anyOf(answer, failed).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        return answer.join();
    }

    /** Waits for the end, however long it takes. */
    void awaitEnd() throws ChatFailed {
        done(ended);
    }

    private void done(CompletableFuture<?> something) throws ChatFailed {
        try {
            something.get();
        } catch (ExecutionException e) {
            throw new ChatFailed(
                    e.getCause() instanceof TimeoutException
                            ? "no answer from " + origin + " within " + PATIENCE.toSeconds() + " s"
                            : reasonOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChatFailed("interrupted");
        }
    }

    /** What went wrong, in one line. */
    static String reasonOf(Throwable failure) {
        Throwable root = failure;
        while ((root instanceof ExecutionException || root instanceof CompletionException) && root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
