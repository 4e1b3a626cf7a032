package dev.dunlin.engines;

import java.util.Locale;

/**
 * What message-service stores the log in. push-service has its tables in PostgreSQL in any case.
 */
public enum Store {
    POSTGRES,
    CASSANDRA;

    /** As {@code --store} and {@code dunlin.store} have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
