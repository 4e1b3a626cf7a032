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
    REMOVE;

    /** The name in {@code --nemesis}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
