package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.OpenLink;
import dev.dunlin.checker.history.PresenceAnswer;
import dev.dunlin.checker.history.PresenceHistory;
import dev.dunlin.checker.history.PresenceNotice;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Once presence has settled, every status over REST is that of the user's open links, none is
 * {@code unknown}, and what a watcher received last is the same.
 */
final class PresenceEndRules {
    private final PresenceHistory history;
    private final Map<UserId, List<OpenLink>> links;
    private final Findings findings;

    PresenceEndRules(PresenceHistory history, Findings findings) {
        this.history = history;
        this.links = history.links().stream().collect(Collectors.groupingBy(OpenLink::user));
        this.findings = findings;
    }

    void check() {
        List<PresenceAnswer> answers = history.settledAnswers();
        Set<UserId> found = new HashSet<>();
        for (PresenceAnswer answer : answers) {
            for (UserId user : history.users()) {
                if (!found.contains(user) && isWrong(answer, user)) {
                    found.add(user);
                    add(answer, user, answers);
                }
            }
        }
        if (!answers.isEmpty()) {
            checkWatchers(answers.getLast());
        }
    }

    private boolean isWrong(PresenceAnswer answer, UserId user) {
        return expected(answer, user)
                .filter(expected -> answer.statuses().getOrDefault(user, Status.UNKNOWN) != expected)
                .isPresent();
    }

    /** The only right status in an answer; empty if the user's links changed shortly before. */
    private Optional<Status> expected(PresenceAnswer answer, UserId user) {
        long begin = answer.askedAt() - PresenceHistory.CHANGING.toNanos();
        List<OpenLink> recent = links.getOrDefault(user, List.of()).stream()
                .filter(link -> link.touches(begin, answer.answeredAt()))
                .toList();
        if (recent.stream().anyMatch(link -> !link.covers(begin, answer.answeredAt()))) {
            return Optional.empty();
        }
        if (recent.isEmpty()) {
            return Optional.of(Status.OFFLINE);
        }
        return Optional.of(recent.stream().allMatch(OpenLink::away) ? Status.AWAY : Status.ONLINE);
    }

    private void add(PresenceAnswer answer, UserId user, List<PresenceAnswer> answers) {
        Status status = answer.statuses().getOrDefault(user, Status.UNKNOWN);
        long wrong = answers.stream().filter(one -> isWrong(one, user)).count();
        findings.add(
                status == Status.UNKNOWN ? Promise.UNKNOWN_AT_END : Promise.WRONG_PRESENCE,
                user.value(),
                "is %s over REST at %.1f s, and should be %s (%s); %d of the last %d answers are wrong, the last one %s"
                        .formatted(
                                PresenceText.of(status),
                                answer.askedAt() / 1e9,
                                PresenceText.of(expected(answer, user).orElseThrow()),
                                PresenceText.of(links.getOrDefault(user, List.of())),
                                wrong,
                                answers.size(),
                                isWrong(answers.getLast(), user) ? "too" : "is right"));
    }

    private void checkWatchers(PresenceAnswer rest) {
        Map<String, Map<UserId, Status>> last = history.notices().stream()
                .collect(Collectors.groupingBy(
                        PresenceNotice::watcher,
                        Collectors.toMap(PresenceNotice::user, PresenceNotice::status, (first, second) -> second)));
        for (String watcher : history.watchers()) {
            Map<UserId, Status> received = last.getOrDefault(watcher, Map.of());
            history.users().stream()
                    .filter(user -> expected(rest, user).isPresent())
                    .forEach(user -> compare(watcher, user, Optional.ofNullable(received.get(user)), rest));
        }
    }

    private void compare(String watcher, UserId user, Optional<Status> received, PresenceAnswer rest) {
        Status status = rest.statuses().getOrDefault(user, Status.UNKNOWN);
        if (received.filter(status::equals).isEmpty()) {
            findings.add(
                    received.filter(Status.UNKNOWN::equals).isPresent()
                            ? Promise.UNKNOWN_AT_END
                            : Promise.WATCH_DIFFERS,
                    user.value(),
                    "%s received %s last, and REST says %s"
                            .formatted(
                                    watcher,
                                    received.map(PresenceText::of).orElse("nothing"),
                                    PresenceText.of(status)));
        }
    }
}
