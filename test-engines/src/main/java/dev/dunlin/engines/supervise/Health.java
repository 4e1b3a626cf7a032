package dev.dunlin.engines.supervise;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a process is. */
public enum Health {
    UP,
    STARTING,
    /** It runs and does not serve. */
    UNREADY,
    /** It died and is going to be started again. */
    RESTARTING,
    /** By the user's wish. */
    STOPPED,
    /** A process in dev mode has its place. */
    DEV;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
