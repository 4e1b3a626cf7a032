package dev.dunlin.connection.drain;

/** Whether this node takes new links. Any thread. */
public final class Readiness {
    private volatile boolean draining;

    public boolean draining() {
        return draining;
    }

    void drain() {
        draining = true;
    }
}
