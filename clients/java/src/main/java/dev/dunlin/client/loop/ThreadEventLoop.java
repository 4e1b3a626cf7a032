package dev.dunlin.client.loop;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The loop on a daemon thread of its own, which ends when nothing is left to do. */
public final class ThreadEventLoop implements EventLoop {
    private static final System.Logger LOG = System.getLogger(ThreadEventLoop.class.getName());
    private static final long IDLE_SECONDS = 10;

    private final ScheduledThreadPoolExecutor executor;
    /** The last one that was started: the only one that runs. */
    private volatile @Nullable Thread thread;

    /** Starts no thread before there is something to do. */
    public ThreadEventLoop() {
        executor = new ScheduledThreadPoolExecutor(1, this::start);
        executor.setRemoveOnCancelPolicy(true);
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(logged(task));
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Future<?> waiting = executor.schedule(logged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> waiting.cancel(false);
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    public Duration now() {
        return Duration.ofNanos(System.nanoTime());
    }

    private Thread start(Runnable work) {
        Thread started = new Thread(work, "dunlin-client");
        started.setDaemon(true);
        thread = started;
        return started;
    }

    private static Runnable logged(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "a task of the client failed", e);
            }
        };
    }
}
