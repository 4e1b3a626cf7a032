package dev.dunlin.checker.nemesis;

import java.time.Duration;

/**
 * One act of the nemesis.
 *
 * @param at the time since the start of the workload
 * @param both whether all copies are hit at once, instead of one
 * @param copy which copy, from 0; taken modulo their number
 * @param pause how long a suspended process stays suspended; zero for the other blows
 */
public record Strike(Duration at, Fault fault, boolean both, int copy, Duration pause) {
    Duration end() {
        return at.plus(pause);
    }

    @Override
    public String toString() {
        return "%5.1f s  %s%s%s"
                .formatted(
                        at.toMillis() / 1000.0,
                        fault.text(),
                        both ? " (all)" : fault.target().hasCopies() ? " (copy " + (copy + 1) + ")" : "",
                        pause.isZero() ? "" : " for %.1f s".formatted(pause.toMillis() / 1000.0));
    }
}
