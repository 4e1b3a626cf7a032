package dev.dunlin.client;

/** How a link came to be. */
enum Arrival {
    /** After none. */
    RESUMED,
    /** After none, on positions that are worth nothing any more. */
    RESTARTED,
    /** In place of another that was up. */
    MOVED
}
