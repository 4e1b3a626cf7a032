package dev.dunlin.checker.nemesis;

import java.util.Locale;

/** What is hit: a kind of process, except for {@link #PROVIDER}. */
public enum Target {
    CONNECTION,
    MESSAGE,
    PRESENCE,
    PUSH,
    REDIS,
    STORE,
    KAFKA,
    /** The provider of notifications, which the check plays itself. */
    PROVIDER;

    /** The name in {@code --nemesis}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether there may be several processes of this kind. */
    boolean hasCopies() {
        return this == CONNECTION || this == MESSAGE || this == PRESENCE || this == PUSH;
    }
}
