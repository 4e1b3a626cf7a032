package dev.dunlin.checker.nemesis;

import java.util.Locale;

/** The kind of process that is hit. */
public enum Target {
    CONNECTION,
    MESSAGE,
    PRESENCE,
    REDIS,
    STORE,
    KAFKA;

    /** The name in {@code --nemesis}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether there may be several processes of this kind. */
    boolean hasCopies() {
        return this == CONNECTION || this == MESSAGE || this == PRESENCE;
    }
}
