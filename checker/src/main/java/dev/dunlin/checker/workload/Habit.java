package dev.dunlin.checker.workload;

/** How a listener behaves while the workload runs. */
public enum Habit {
    STEADY,
    /** Loses its link again and again. */
    RESTLESS,
    /** Takes long for each event. */
    SLOW,
    /** Reads a channel again from its first event. */
    AGAIN,
    /** Comes when much has been said. */
    LATE
}
