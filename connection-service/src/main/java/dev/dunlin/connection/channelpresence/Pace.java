package dev.dunlin.connection.channelpresence;

import dev.dunlin.connection.loop.HubLoop;
import java.time.Duration;

/** Runs a task soon after it is asked for, and then at most once in each pause. Hub loop only. */
final class Pace {
    private final HubLoop loop;
    private final Duration pause;
    private final Runnable task;
    private boolean asked;
    private boolean pausing;

    Pace(HubLoop loop, Duration pause, Runnable task) {
        this.loop = loop;
        this.pause = pause;
        this.task = task;
    }

    /** Runs the task at the end of this turn, or when the pause is over. */
    void ask() {
        if (!asked) {
            asked = true;
            if (!pausing) {
                loop.execute(this::run);
            }
        }
    }

    private void run() {
        asked = false;
        pausing = true;
        loop.after(pause, this::resume);
        task.run();
    }

    private void resume() {
        pausing = false;
        if (asked) {
            loop.execute(this::run);
        }
    }
}
