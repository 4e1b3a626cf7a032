package dev.dunlin.checker.workload;

/** How a listener behaves while the workload runs. */
public enum Habit {
    STEADY,
    /** Loses its link repeatedly. */
    RESTLESS,
    /** Takes long for each event. */
    SLOW,
    /** Reads a channel again from its first event. */
    AGAIN,
    /** Starts when many messages have been published. */
    LATE
}
