package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.PresenceAnswer;
import dev.dunlin.checker.history.PresenceHistory;
import dev.dunlin.protocol.frame.Status;
import java.util.List;

/**
 * How presence was observed, for information.
 *
 * @param answers answers over REST
 * @param unanswered requests without an answer
 * @param unknown answers in which a user was {@code unknown}
 * @param settled answers that had to be right
 * @param links how many links were opened, and sessions made active or away
 * @param notices statuses that watchers received
 */
public record PresenceFigures(long answers, long unanswered, long unknown, long settled, long links, long notices) {
    static PresenceFigures of(PresenceHistory history) {
        List<PresenceAnswer> answers =
                history.answers().stream().filter(PresenceAnswer::isThere).toList();
        return new PresenceFigures(
                answers.size(),
                history.answers().size() - answers.size(),
                answers.stream()
                        .filter(answer -> answer.statuses().containsValue(Status.UNKNOWN))
                        .count(),
                history.settledAnswers().size(),
                history.links().size(),
                history.notices().size());
    }
}
