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
    /** As {@link #KILL} or {@link #STOP}, at the moment in which members are removed; of Redis only. */
    REMOVE;

    /** As in {@code --nemesis}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
