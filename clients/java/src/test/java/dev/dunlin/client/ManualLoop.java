package dev.dunlin.client;

import dev.dunlin.client.loop.EventLoop;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A loop whose time moves by hand; runs tasks on the caller's thread. */
final class ManualLoop implements EventLoop {
    private record Task(Duration at, long order, Runnable work) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparing(Task::order));
    private Duration now = Duration.ZERO;
    private long order;

    @Override
    public void execute(Runnable work) {
        schedule(Duration.ZERO, work);
    }

    @Override
    public synchronized Timer schedule(Duration delay, Runnable work) {
        Task task = new Task(now.plus(delay), order++, work);
        tasks.add(task);
        return () -> remove(task);
    }

    @Override
    public boolean isCurrent() {
        return true;
    }

    @Override
    public Duration now() {
        return now;
    }

    /** Runs what is due now. */
    void run() {
        advance(Duration.ZERO);
    }

    /** Moves time, and runs what becomes due, each at its time. */
    void advance(Duration by) {
        Duration end = now.plus(by);
        for (Task task = next(end); task != null; task = next(end)) {
            task.work.run();
        }
        now = end;
    }

    private synchronized @org.jspecify.annotations.Nullable Task next(Duration end) {
        Task task = tasks.peek();
        if (task == null || task.at.compareTo(end) > 0) {
            return null;
        }
        now = task.at;
        return tasks.poll();
    }

    private synchronized void remove(Task task) {
        tasks.remove(task);
    }
}
