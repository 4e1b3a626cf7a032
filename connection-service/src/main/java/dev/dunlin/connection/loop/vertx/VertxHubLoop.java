package dev.dunlin.connection.loop.vertx;

import dev.dunlin.connection.loop.HubLoop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;

/** The hub loop as a Vert.x event loop. */
public final class VertxHubLoop implements HubLoop {
    private final ContextInternal context;

    public VertxHubLoop(Vertx vertx) {
        this.context = ((VertxInternal) vertx).createEventLoopContext();
    }

    /** The context of its tasks. A connection that is opened on it shares its thread. */
    public Context context() {
        return context;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }

    @Override
    public void after(Duration delay, Runnable task) {
        context.setTimer(Math.max(1, delay.toMillis()), ignored -> task.run());
    }

    @Override
    public void every(Duration period, Runnable task) {
        context.setPeriodic(period.toMillis(), ignored -> task.run());
    }
}
