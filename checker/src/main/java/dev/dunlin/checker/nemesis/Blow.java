package dev.dunlin.checker.nemesis;

import java.util.Locale;

/** What is done to a process, or what the provider of notifications does. */
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
    OUTAGE,
    /** The provider answers 429 with {@code Retry-After} for some seconds. */
    THROTTLE,
    /** The provider answers 500 for some seconds. */
    FAIL,
    /** The provider accepts connections for some seconds and does not answer. */
    HANG;

    /** Whether this is done to processes of that kind. */
    boolean isFor(Target target) {
        return switch (this) {
            case KILL, STOP, RESTART -> target != Target.PROVIDER;
            case REMOVE, FLUSH -> target == Target.REDIS;
            case OUTAGE -> target == Target.KAFKA;
            case THROTTLE, FAIL, HANG -> target == Target.PROVIDER;
        };
    }

    /** The name in {@code --nemesis}. */
    public String text() {
        return switch (this) {
            case KILL, STOP, RESTART, REMOVE, FLUSH, OUTAGE -> name().toLowerCase(Locale.ROOT);
            case THROTTLE -> "push-429";
            case FAIL -> "push-500";
            case HANG -> "push-hang";
        };
    }
}
