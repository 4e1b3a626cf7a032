package dev.dunlin.message.command;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Does one kind of work in order, on a virtual thread that lives as long as there is work. It takes
 * all waiting work at once. Callers bound the queue.
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

    /** Removes the waiting work and returns it. */
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
