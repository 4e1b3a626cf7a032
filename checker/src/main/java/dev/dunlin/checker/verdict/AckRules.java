package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.Answer;
import dev.dunlin.checker.history.Event;
import dev.dunlin.checker.history.History;
import dev.dunlin.checker.history.Publish;
import dev.dunlin.protocol.ChannelName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Checks acks: one seq for each message, the one at which it is in the log, and none that
 * contradicts real time.
 */
final class AckRules {
    private final Messages messages;
    private final Findings findings;

    private record Place(ChannelName channel, long seq) {}

    private record Ack(Publish publish, long seq) {}

    AckRules(Messages messages, Findings findings) {
        this.messages = messages;
        this.findings = findings;
    }

    void check(History history) {
        oneSeqForEach();
        oneOnEachSeq();
        asInTheLog(history);
        inRealTime();
    }

    private void oneSeqForEach() {
        for (List<Publish> same : messages.all()) {
            Set<Long> seqs = acks(same).stream().map(Ack::seq).collect(Collectors.toSet());
            if (seqs.size() > 1) {
                Publish publish = same.getFirst();
                findings.add(Promise.DUPLICATE, publish.channel(), publish.id() + " was acked as each of " + seqs);
            }
        }
    }

    private void oneOnEachSeq() {
        Map<Place, Publish> first = new HashMap<>();
        for (List<Publish> same : messages.all()) {
            Set<Long> reported = new HashSet<>();
            for (Ack ack : acks(same)) {
                Publish other = first.putIfAbsent(new Place(ack.publish.channel(), ack.seq), ack.publish);
                if (other != null && !other.key().equals(ack.publish.key()) && reported.add(ack.seq)) {
                    findings.add(
                            Promise.TWO_ON_ONE_SEQ,
                            ack.publish.channel(),
                            ack.publish.id() + " and " + other.id() + " were both acked as " + ack.seq);
                }
            }
        }
    }

    private void asInTheLog(History history) {
        Map<Place, Event> log = history.logs().stream()
                .flatMap(one -> one.events().stream())
                .collect(Collectors.toMap(
                        event -> new Place(event.channel(), event.seq()), Function.identity(), (a, b) -> a));
        for (List<Publish> same : messages.all()) {
            for (Ack ack : acks(same)) {
                Event there = log.get(new Place(ack.publish.channel(), ack.seq));
                if (there != null && !ack.publish.id().equals(there.id())) {
                    findings.add(
                            Promise.TWO_ON_ONE_SEQ,
                            ack.publish.channel(),
                            ack.publish.id() + " was acked as " + ack.seq + ", which is " + there.id());
                }
            }
        }
    }

    /**
     * A message whose publish began after another one's ack comes after it in the log: the order of
     * the log agrees with real time.
     */
    private void inRealTime() {
        Map<ChannelName, List<Ack>> byChannel = messages.all().stream()
                .map(List::getFirst)
                .flatMap(first -> acks(List.of(first)).stream())
                .collect(Collectors.groupingBy(ack -> ack.publish.channel()));
        byChannel.forEach((channel, acks) -> {
            List<Ack> begun = acks.stream()
                    .sorted(Comparator.comparingLong(ack -> ack.publish.invokedAt()))
                    .toList();
            List<Ack> answered = acks.stream()
                    .sorted(Comparator.comparingLong(ack -> ack.publish.answeredAt()))
                    .toList();
            int next = 0;
            long newest = 0;
            for (Ack ack : begun) {
                while (next < answered.size() && answered.get(next).publish.answeredAt() < ack.publish.invokedAt()) {
                    newest = Math.max(newest, answered.get(next++).seq);
                }
                if (ack.seq <= newest) {
                    findings.add(
                            Promise.REORDERED,
                            channel,
                            ack.publish.id() + " was begun after " + newest + " was acked, and is " + ack.seq);
                }
            }
        });
    }

    private static List<Ack> acks(List<Publish> publishes) {
        return publishes.stream()
                .filter(publish -> publish.answer() instanceof Answer.Acked)
                .map(publish -> new Ack(publish, ((Answer.Acked) publish.answer()).seq()))
                .toList();
    }
}
