package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.OpenLink;
import dev.dunlin.checker.history.PresenceAnswer;
import dev.dunlin.checker.history.PresenceHistory;
import dev.dunlin.checker.history.PresenceNotice;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import java.util.Comparator;
import java.util.List;

/**
 * A user who always has a link is never reported offline, neither over REST nor to a watcher;
 * {@code unknown} is allowed. A user without a link for as long as the grace may be offline, until
 * the services have received the next link.
 */
final class SteadyRules {
    private final PresenceHistory history;
    private final Findings findings;

    /** A status that somebody received. The user had it at a moment of that time. */
    private record Report(String by, Status status, long from, long until) {}

    SteadyRules(PresenceHistory history, Findings findings) {
        this.history = history;
        this.findings = findings;
    }

    void check() {
        for (UserId user : history.steady()) {
            List<OpenLink> links = history.links().stream()
                    .filter(link -> link.user().equals(user))
                    .sorted(Comparator.comparingLong(OpenLink::from))
                    .toList();
            List<Excuse> excuses = Excuse.of(links, history.startedAt());
            for (String watcher : history.watchers()) {
                check(user, links, excuses, received(watcher, user));
            }
            history.answers().stream()
                    .map(PresenceAnswer::poller)
                    .distinct()
                    .forEach(poller -> check(user, links, excuses, answered(poller, user)));
        }
    }

    /** One finding for each time, however many answers in a row say so. */
    private void check(UserId user, List<OpenLink> links, List<Excuse> excuses, List<Report> reports) {
        boolean before = false;
        for (Report report : reports) {
            boolean wrong = report.status() == Status.OFFLINE
                    && report.from() >= history.startedAt()
                    && excuses.stream().noneMatch(excuse -> excuse.touches(report.from(), report.until()));
            if (wrong && !before) {
                findings.add(
                        Promise.CALLED_OFFLINE,
                        user.value(),
                        "was offline for %s at %.1f s; its links until then: %s"
                                .formatted(report.by(), report.until() / 1e9, text(links, report.until())));
            }
            before = wrong;
        }
    }

    private List<Report> answered(String poller, UserId user) {
        return history.answers().stream()
                .filter(answer -> answer.isThere() && answer.poller().equals(poller))
                .map(answer -> new Report(
                        poller + " over REST",
                        answer.statuses().getOrDefault(user, Status.UNKNOWN),
                        answer.askedAt(),
                        answer.answeredAt()))
                .toList();
    }

    private List<Report> received(String watcher, UserId user) {
        return history.notices().stream()
                .filter(notice ->
                        notice.watcher().equals(watcher) && notice.user().equals(user))
                .map(notice -> report(watcher, notice))
                .toList();
    }

    private static Report report(String watcher, PresenceNotice notice) {
        return new Report(watcher, notice.status(), notice.at(), notice.at());
    }

    private static String text(List<OpenLink> links, long until) {
        List<String> all = links.stream()
                .filter(link -> link.from() <= until)
                .map(link -> "%s from %.1f s".formatted(link.node(), link.from() / 1e9)
                        + (link.until() <= until ? " to %.1f s".formatted(link.until() / 1e9) : ""))
                .toList();
        return String.join(", ", all.subList(Math.max(0, all.size() - 3), all.size()));
    }
}
