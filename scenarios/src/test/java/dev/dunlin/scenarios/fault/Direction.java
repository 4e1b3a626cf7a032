package dev.dunlin.scenarios.fault;

/** Which way bytes go. */
public enum Direction {
    /** From the client to the suite. */
    UP,
    /** From the suite to the client. */
    DOWN
}
