package dev.dunlin.edge;

import org.jspecify.annotations.Nullable;

/**
 * Which keys verify tokens now. What they verified counts only as long as this does not change: a
 * key may have been withdrawn. Thread-safe.
 */
public interface TokenKeys {
    /**
     * Identifies the keys in force, to be compared by identity. Null if that is not known, as
     * before the first token. Blocks while it fetches keys.
     */
    @Nullable
    Object current();

    /** The same without blocking; null if only {@link #current} can tell. */
    @Nullable
    Object known();
}
