package dev.dunlin.client;

import dev.dunlin.client.loop.EventLoop;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The delayed tasks of one link or one attempt. {@link #cancelAll} cancels them together, so that
 * no task of an earlier link reaches the next one. On the loop only.
 */
final class LinkTimers {
    private final EventLoop loop;
    private final Set<Task> tasks = new HashSet<>();

    LinkTimers(EventLoop loop) {
        this.loop = loop;
    }

    /** Runs a task after the delay, unless it is cancelled before. */
    EventLoop.Timer after(Duration delay, Runnable work) {
        Task task = new Task();
        task.timer = loop.schedule(delay, () -> {
            tasks.remove(task);
            work.run();
        });
        tasks.add(task);
        return task;
    }

    void cancelAll() {
        List.copyOf(tasks).forEach(EventLoop.Timer::cancel);
    }

    private final class Task implements EventLoop.Timer {
        private EventLoop.Timer timer = NONE;

        @Override
        public void cancel() {
            tasks.remove(this);
            timer.cancel();
        }
    }
}
