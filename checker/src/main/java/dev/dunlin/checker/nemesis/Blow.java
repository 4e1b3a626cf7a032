package dev.dunlin.checker.nemesis;

import java.util.Locale;

/** What is done to a process. */
public enum Blow {
    /** SIGKILL; its supervisor starts it again. */
    KILL,
    /** SIGSTOP for some seconds, then SIGCONT. */
    STOP,
    /** SIGTERM, and a start. */
    RESTART,
    /** {@link #KILL} or {@link #STOP} of Redis at the moment at which members are removed. */
    REMOVE;

    /** As in {@code --nemesis}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
