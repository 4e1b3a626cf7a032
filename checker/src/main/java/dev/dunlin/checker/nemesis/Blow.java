package dev.dunlin.checker.nemesis;

import java.util.Locale;

/** What is done to a process. */
public enum Blow {
    /** SIGKILL; its supervisor starts it again. */
    KILL,
    /** SIGSTOP for some seconds, then SIGCONT. */
    STOP,
    /** SIGTERM, then a start. */
    RESTART,
    /** {@link #KILL} or {@link #STOP} of Redis at the moment when members are removed. */
    REMOVE,
    /** FLUSHALL of Redis, and {@link #KILL} directly after it in half of the strikes. */
    FLUSH,
    /** SIGSTOP of Kafka for 30 s: longer than any time-out between the services. */
    OUTAGE;

    /** Whether this is done to processes of that kind. */
    boolean isFor(Target target) {
        return switch (this) {
            case KILL, STOP, RESTART -> true;
            case REMOVE, FLUSH -> target == Target.REDIS;
            case OUTAGE -> target == Target.KAFKA;
        };
    }

    /** The name in {@code --nemesis}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
