package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.PushHistory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Every device of a user who stays offline receives a notification of the newest unread message, or
 * of a later one, within {@link Owed#WITHIN}. A device that its provider calls gone is not judged.
 */
final class NotNotifiedRules {
    private final PushHistory history;
    private final Findings findings;

    private record Where(String device, String channel) {}

    NotNotifiedRules(PushHistory history, Findings findings) {
        this.history = history;
        this.findings = findings;
    }

    /** One finding for each device and channel, however many messages are missing. */
    void check() {
        Map<Where, List<Owed>> missing = Owed.missing(history).stream()
                .filter(owed -> owed.deadline() <= history.settledAt())
                .collect(Collectors.groupingBy(
                        owed -> new Where(
                                owed.device().name(), owed.message().channel().value()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        missing.forEach((where, some) -> findings.add(
                Promise.NOT_NOTIFIED,
                some.getFirst().device().user().value(),
                "%s received nothing of %d messages in %s, seq %d (sent at %.1f s) to %d (sent at %.1f s)"
                        .formatted(
                                where.device(),
                                some.size(),
                                where.channel(),
                                some.getFirst().message().seq(),
                                some.getFirst().message().invokedAt() / 1e9,
                                some.getLast().message().seq(),
                                some.getLast().message().invokedAt() / 1e9)));
    }
}
