package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.OpenLink;
import dev.dunlin.checker.history.PresenceHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A time in which the suite may take a user for offline: from the loss of its last link, if it had
 * none for as long as the grace, until the services have received the next one.
 */
record Excuse(long from, long until) {
    /** A client notices the end of its link and the {@code welcome} of the next one a bit late. */
    private static final Duration IMPRECISION = Duration.ofSeconds(2);

    private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(30);

    /**
     * How long after a change of links presence may still be that of before, while processes are
     * killed and stopped.
     */
    static final Duration RECOVERING = PresenceHistory.SETTLING.plus(LONGEST_OUTAGE);

    /**
     * All excuses of a user with these links, in any order. Presence showed whoever had a link at
     * {@code startedAt}. Before a first link that came later, a user was offline, however short
     * that was.
     */
    static List<Excuse> of(List<OpenLink> links, long startedAt) {
        List<Excuse> excuses = new ArrayList<>();
        long lost = 0;
        for (OpenLink link :
                links.stream().sorted(Comparator.comparingLong(OpenLink::from)).toList()) {
            if (lost == 0 && link.from() > startedAt) {
                excuses.add(new Excuse(0, link.from() + RECOVERING.toNanos()));
            } else {
                excuse(lost, link.from(), excuses);
            }
            lost = Math.max(lost, link.until());
        }
        excuse(lost, Long.MAX_VALUE - RECOVERING.toNanos(), excuses);
        return excuses;
    }

    private static void excuse(long lost, long found, List<Excuse> excuses) {
        if (found - lost > PresenceHistory.GRACE.minus(IMPRECISION).toNanos()) {
            excuses.add(new Excuse(lost, found + RECOVERING.toNanos()));
        }
    }

    boolean touches(long begin, long end) {
        return from <= end && until >= begin;
    }
}
