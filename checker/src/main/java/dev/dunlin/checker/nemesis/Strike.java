package dev.dunlin.checker.nemesis;

import java.time.Duration;

/**
 * One act of the nemesis.
 *
 * @param at after the begin of the workload
 * @param both all copies at once, and not just one
 * @param copy which one, from 0; taken modulo how many there are
 * @param pause how long a stopped process stays so; zero for the other blows
 */
public record Strike(Duration at, Fault fault, boolean both, int copy, Duration pause) {
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
