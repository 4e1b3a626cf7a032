package dev.dunlin.engines.supervise;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same with several processes at once. Thread-safe. */
public final class Together {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** One process's part. */
    @FunctionalInterface
    public interface Part {
        void run(SupervisedProcess process) throws InterruptedException;
    }

    /**
     * Returns when all parts are done; as soon as one fails, with its exception. The rest goes on
     * then.
     */
    public void run(List<SupervisedProcess> processes, Part part) throws InterruptedException {
        ExecutorCompletionService<Void> parts = new ExecutorCompletionService<>(threads);
        List<Future<Void>> submitted = new ArrayList<>();
        for (SupervisedProcess process : processes) {
            submitted.add(parts.submit(() -> {
                part.run(process);
                return null;
            }));
        }
        for (int done = 0; done < submitted.size(); done++) {
            try {
                parts.take().get();
            } catch (ExecutionException e) {
                throw failure(Objects.requireNonNull(e.getCause()));
            }
        }
    }

    /** Interrupts what goes on. */
    public void cancel() {
        threads.shutdownNow();
    }

    private static RuntimeException failure(Throwable cause) throws InterruptedException {
        return switch (cause) {
            case RuntimeException e -> e;
            case InterruptedException e -> throw e;
            default -> new IllegalStateException(cause);
        };
    }
}
