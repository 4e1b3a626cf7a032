package dev.dunlin.scenarios.fault;

/** What happens once to a link, at the next bytes that come through it. */
public enum Blow {
    /** Half of the bytes go on, then both sides see an orderly end of the connection (FIN). */
    HALVE_AND_END,
    /** Half of the bytes go on, then both sides see it reset (RST). */
    HALVE_AND_RESET,
    /**
     * The last byte arrives with its highest bit turned over: no ASCII and no UTF-8 any more, and
     * no valid TLS record.
     */
    CORRUPT
}
