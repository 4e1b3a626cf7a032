package dev.dunlin.connection.fake;

import dev.dunlin.connection.loop.HubLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A loop whose tasks run when the test says so, and whose time moves by hand. */
public final class ManualLoop implements HubLoop {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();
    private Duration now = Duration.ZERO;

    private record Timer(Duration at, Runnable task) {}

    @Override
    public long nanos() {
        return now.toNanos();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        timers.add(new Timer(now.plus(delay), task));
    }

    @Override
    public void every(Duration period, Runnable task) {
        after(period, () -> {
            task.run();
            every(period, task);
        });
    }

    /** Runs all that is there, and what comes of it. */
    public void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Lets time pass. */
    public void pass(Duration time) {
        run();
        now = now.plus(time);
        List<Timer> due =
                timers.stream().filter(timer -> timer.at().compareTo(now) <= 0).toList();
        timers.removeAll(due);
        due.forEach(timer -> timer.task().run());
        run();
    }
}
