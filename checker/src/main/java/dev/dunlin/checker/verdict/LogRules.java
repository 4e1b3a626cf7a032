package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.Answer;
import dev.dunlin.checker.history.Event;
import dev.dunlin.checker.history.FinalLog;
import dev.dunlin.checker.history.Publish;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks the log itself: dense, ordered, complete, and equal in both of its views. */
final class LogRules {
    private final Messages messages;
    private final Findings findings;

    LogRules(Messages messages, Findings findings) {
        this.messages = messages;
        this.findings = findings;
    }

    void check(List<FinalLog> logs) {
        for (FinalLog log : logs) {
            inOrder(log, log.events(), "the log");
            inOrder(log, log.messages(), "the message history");
            dense(log);
            sameMessages(log);
        }
        whole(logs.stream().collect(Collectors.toMap(FinalLog::channel, Function.identity())));
    }

    private void inOrder(FinalLog log, List<Event> page, String where) {
        long last = 0;
        for (Event event : page) {
            if (event.seq() < last) {
                findings.add(Promise.REORDERED, log.channel(), where + " has " + event.seq() + " after " + last);
            } else if (event.seq() == last) {
                findings.add(Promise.DUPLICATE, log.channel(), where + " has " + event.seq() + " twice");
            }
            last = Math.max(last, event.seq());
        }
    }

    private void dense(FinalLog log) {
        Set<Long> there = seqs(log.events());
        long newest = there.stream().mapToLong(Long::longValue).max().orElse(0);
        for (long seq = 1; seq <= Math.max(log.head(), newest); seq++) {
            if (!there.contains(seq)) {
                findings.add(Promise.HOLE, log.channel(), "the log has no " + seq + " of " + log.head());
            }
        }
        if (newest > log.head()) {
            findings.add(Promise.HOLE, log.channel(), "the log has " + newest + " and says its head is " + log.head());
        }
    }

    private void sameMessages(FinalLog log) {
        Set<Long> there = seqs(log.messages());
        for (Event event : log.events()) {
            if (event.isMessage() && !there.contains(event.seq())) {
                findings.add(
                        messages.isAcked(event) ? Promise.LOST : Promise.HOLE,
                        log.channel(),
                        event.id() + ": " + event.seq() + " of the log is not in the message history");
            }
        }
        Set<Long> logged = seqs(log.events());
        for (Event event : log.messages()) {
            if (!logged.contains(event.seq())) {
                findings.add(
                        Promise.HOLE,
                        log.channel(),
                        event.id() + ": " + event.seq() + " of the message history is not in the log");
            }
        }
    }

    private void whole(Map<ChannelName, FinalLog> logs) {
        Map<ChannelName, Set<ClientMessageId>> there = logs.values().stream()
                .collect(Collectors.toMap(
                        FinalLog::channel,
                        log -> log.events().stream()
                                .filter(Event::isMessage)
                                .map(Event::id)
                                .collect(Collectors.toSet())));
        for (List<Publish> same : messages.all()) {
            Publish publish = same.getFirst();
            if (same.stream().anyMatch(one -> one.answer() instanceof Answer.Acked)
                    && !there.getOrDefault(publish.channel(), Set.of()).contains(publish.id())) {
                findings.add(
                        Promise.LOST,
                        publish.channel(),
                        publish.id() + " by " + publish.sender() + " was acked and is not in the log");
            }
        }
    }

    private static Set<Long> seqs(List<Event> events) {
        return events.stream().map(Event::seq).collect(Collectors.toCollection(HashSet::new));
    }
}
