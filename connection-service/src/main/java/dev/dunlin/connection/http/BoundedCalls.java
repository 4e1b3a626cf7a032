package dev.dunlin.connection.http;

import dev.dunlin.edge.RefusedException;
import dev.dunlin.protocol.ErrorCode;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Blocking calls to another service on virtual threads. The number of calls at a time and the
 * number that wait are limited; further calls are refused.
 */
public final class BoundedCalls {
    private static final Logger LOG = Logger.getLogger(BoundedCalls.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final String service;
    private final Executor virtualThreads;
    private final Semaphore running;
    private final int most;
    private final AtomicInteger present = new AtomicInteger();

    public BoundedCalls(String service, Executor virtualThreads, int atOnce, int waiting) {
        this.service = service;
        this.virtualThreads = virtualThreads;
        this.running = new Semaphore(atOnce);
        this.most = atOnce + waiting;
    }

    /**
     * Makes a call. Never blocks; fails with a {@link RefusedException}: what the service refused,
     * {@code unavailable}, or {@code overloaded} when too many wait.
     */
    public <T> CompletionStage<T> call(Supplier<T> call) {
        if (present.incrementAndGet() > most) {
            present.decrementAndGet();
            return CompletableFuture.failedFuture(
                    new RefusedException(ErrorCode.OVERLOADED, "too many requests wait for " + service, RETRY));
        }
        return CompletableFuture.supplyAsync(() -> limited(call), virtualThreads)
                .whenComplete((result, failure) -> present.decrementAndGet());
    }

    private <T> T limited(Supplier<T> call) {
        running.acquireUninterruptibly();
        try {
            return call.get();
        } catch (WebApplicationException e) {
            throw refusal(e);
        } catch (ProcessingException e) {
            LOG.debugf("%s does not answer: %s", service, e);
            throw new RefusedException(ErrorCode.UNAVAILABLE, service + " does not answer now; try again", RETRY);
        } finally {
            running.release();
        }
    }

    private RefusedException refusal(WebApplicationException answer) {
        return switch (answer.getResponse().getStatus()) {
            case 400 -> new RefusedException(ErrorCode.BAD_REQUEST, "the channel's name is not allowed");
            case 403 -> new RefusedException(ErrorCode.FORBIDDEN, "you may not read this channel");
            case 404 -> new RefusedException(ErrorCode.NOT_FOUND, "there is no such channel");
            default -> {
                LOG.warnf("%s answered %d", service, answer.getResponse().getStatus());
                yield new RefusedException(ErrorCode.UNAVAILABLE, service + " failed; try again", RETRY);
            }
        };
    }
}
