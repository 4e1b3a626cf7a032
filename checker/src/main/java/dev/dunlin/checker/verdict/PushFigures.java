package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.PushCall;
import dev.dunlin.checker.history.PushHistory;
import dev.dunlin.checker.history.Revision;
import java.util.List;

/**
 * What devices received, for information.
 *
 * @param messages messages of which members are notified
 * @param revisions acknowledged edits and deletions of them
 * @param accepted notifications that a provider accepted
 * @param failed calls that a provider refused or did not answer, because of a fault
 * @param gone calls that a provider answered with 410
 * @param owed how many pairs of a device and a message there were of which the device had to be
 *     notified
 */
public record PushFigures(long messages, long revisions, long accepted, long failed, long gone, long owed) {
    static PushFigures of(PushHistory history) {
        List<PushCall> calls = history.calls();
        return new PushFigures(
                history.messages().size(),
                history.revisions().stream()
                        .filter(one -> one.ackedAt() != Revision.NEVER)
                        .count(),
                calls.stream().filter(call -> call.alert() && call.accepted()).count(),
                calls.stream().filter(call -> !call.accepted() && !call.gone()).count(),
                calls.stream().filter(PushCall::gone).count(),
                Owed.all(history).size());
    }
}
