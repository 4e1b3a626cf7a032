package dev.dunlin.message.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Does one kind of work in the order in which it comes, on a virtual thread that lasts as long as
 * there is some. All that has come meanwhile is done at once. What it is given is bounded by
 * whoever gives it.
 */
final class Stage<T> {
    private final String name;
    private final Consumer<List<T>> work;
    private final Object lock = new Object();
    private List<T> waiting = new ArrayList<>();
    private boolean busy;

    /** {@code work} must not throw. */
    Stage(String name, Consumer<List<T>> work) {
        this.name = name;
        this.work = work;
    }

    void add(T one) {
        synchronized (lock) {
            waiting.add(one);
            if (busy) {
                return;
            }
            busy = true;
        }
        Thread.ofVirtual().name(name).start(this::run);
    }

    /** What waits, which is not done any more. */
    List<T> takeBack() {
        synchronized (lock) {
            List<T> taken = waiting;
            waiting = new ArrayList<>();
            return taken;
        }
    }

    private void run() {
        while (true) {
            List<T> next;
            synchronized (lock) {
                if (waiting.isEmpty()) {
                    busy = false;
                    return;
                }
                next = waiting;
                waiting = new ArrayList<>();
            }
            work.accept(next);
        }
    }
}
