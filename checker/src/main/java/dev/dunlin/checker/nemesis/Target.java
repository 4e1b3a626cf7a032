package dev.dunlin.checker.nemesis;

import java.util.Locale;

/** What is hit. */
public enum Target {
    CONNECTION,
    MESSAGE,
    REDIS,
    STORE,
    KAFKA;

    /** As in {@code --nemesis}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether there may be several of it. */
    boolean hasCopies() {
        return this == CONNECTION || this == MESSAGE;
    }
}
