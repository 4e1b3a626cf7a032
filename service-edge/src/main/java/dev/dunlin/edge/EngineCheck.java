package dev.dunlin.edge;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Whether an engine (Kafka, Redis, the store) answers a question within two seconds: a check of the
 * health group {@link #GROUP}, which {@code /q/health/group/engines} serves. It is for people and
 * alarms. An orchestrator that routes by it would take every copy of a service out at once when an
 * engine is unreachable for a moment. Blocks; any thread.
 */
public final class EngineCheck implements HealthCheck {
    public static final String GROUP = "engines";

    private static final Duration WITHIN = Duration.ofSeconds(2);

    private final String engine;
    private final Question question;

    /** {@code engine} is the check's name. */
    public EngineCheck(String engine, Question question) {
        this.engine = engine;
        this.question = question;
    }

    /**
     * Returns when the engine has answered. Blocks, on a virtual thread that is interrupted when
     * the time is over; throws anything if the engine fails.
     */
    @FunctionalInterface
    public interface Question {
        void ask() throws Exception;
    }

    @Override
    public HealthCheckResponse call() {
        FutureTask<Boolean> asking = new FutureTask<>(() -> {
            question.ask();
            return true;
        });
        Thread.ofVirtual().name("dunlin-engine-check").start(asking);
        try {
            asking.get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return HealthCheckResponse.up(engine);
        } catch (ExecutionException e) {
            return down(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            return down("no answer within " + WITHIN.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return down("the check was interrupted");
        } finally {
            asking.cancel(true);
        }
    }

    private HealthCheckResponse down(String failure) {
        return HealthCheckResponse.named(engine)
                .down()
                .withData("failure", failure)
                .build();
    }
}
