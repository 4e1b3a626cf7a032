package dev.dunlin.message.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;

/** A row of which there is one for each state of its thing ({@link Version}). */
interface Versioned {
    Row row();

    default long version() {
        return row().getLong("version");
    }

    /** Whether this state is that the thing was removed. */
    default boolean gone() {
        return row().getBoolean("gone");
    }
}
