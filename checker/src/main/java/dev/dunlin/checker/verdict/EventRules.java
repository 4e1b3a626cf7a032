package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.Answer;
import dev.dunlin.checker.history.Event;
import dev.dunlin.checker.history.History;
import dev.dunlin.checker.history.Publish;
import dev.dunlin.checker.history.Step;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import dev.dunlin.protocol.UserId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks each event that any client saw: its sender, its content and its seq. */
final class EventRules {
    private final Messages messages;
    private final Findings findings;

    private record Place(ChannelName channel, long seq) {}

    private record Named(
            ChannelName channel, UserId from, @Nullable ClientMessageId id) {}

    EventRules(Messages messages, Findings findings) {
        this.messages = messages;
        this.findings = findings;
    }

    void check(History history) {
        Set<Event> events = new LinkedHashSet<>();
        Stream.concat(
                        history.logs().stream()
                                .flatMap(log -> Stream.concat(log.events().stream(), log.messages().stream())),
                        history.watches().stream()
                                .flatMap(watch -> watch.steps().stream())
                                .filter(Step.Seen.class::isInstance)
                                .map(step -> ((Step.Seen) step).event()))
                .forEach(events::add);
        events.forEach(this::genuine);
        oneOnEachSeq(events);
        oneSeqForEach(events);
    }

    private void genuine(Event event) {
        if (!event.isMessage()) {
            findings.add(Promise.PHANTOM, event.channel(), event.seq() + " is a " + event.kind() + " that nobody did");
            return;
        }
        List<Publish> published = messages.withIdOf(event);
        List<Publish> hers = published.stream()
                .filter(publish -> publish.user().equals(event.from()))
                .toList();
        if (published.isEmpty()) {
            findings.add(Promise.PHANTOM, event.channel(), name(event) + " was never published");
        } else if (hers.isEmpty()) {
            findings.add(
                    Promise.WRONG_SENDER,
                    event.channel(),
                    name(event) + " was published by " + published.getFirst().user());
        } else if (hers.stream().noneMatch(publish -> publish.content().equals(event.content()))) {
            messages.otherWithContentOf(event)
                    .ifPresentOrElse(
                            other -> findings.add(
                                    Promise.WRONG_SENDER,
                                    event.channel(),
                                    name(event) + " says what " + other.user() + " said as " + other.id()),
                            () -> findings.add(
                                    Promise.CHANGED_CONTENT,
                                    event.channel(),
                                    name(event) + " says " + event.content() + " and not "
                                            + hers.getFirst().content()));
        } else if (hers.stream().allMatch(publish -> publish.answer() instanceof Answer.Refused)) {
            findings.add(Promise.PHANTOM, event.channel(), name(event) + " was refused");
        }
    }

    private void oneOnEachSeq(Set<Event> events) {
        Map<Place, Event> first = new HashMap<>();
        Set<List<Object>> reported = new HashSet<>();
        for (Event event : events) {
            Event other = first.putIfAbsent(new Place(event.channel(), event.seq()), event);
            if (other == null || !reported.add(List.of(event.channel(), event.seq(), String.valueOf(event.id())))) {
                continue;
            }
            if (!sameMessage(event, other)) {
                findings.add(
                        Promise.TWO_ON_ONE_SEQ, event.channel(), name(event) + ", and " + name(other) + " there too");
            } else if (event.ts() != other.ts()) {
                findings.add(
                        Promise.CHANGED_CONTENT,
                        event.channel(),
                        name(event) + " has the times " + event.ts() + " and " + other.ts());
            }
        }
    }

    private void oneSeqForEach(Set<Event> events) {
        Map<Named, Long> first = new HashMap<>();
        Set<List<Object>> reported = new HashSet<>();
        for (Event event : events) {
            if (event.isMessage()) {
                Long other = first.putIfAbsent(new Named(event.channel(), event.from(), event.id()), event.seq());
                if (other != null
                        && other != event.seq()
                        && reported.add(List.of(event.channel(), event.seq(), String.valueOf(event.id())))) {
                    findings.add(Promise.DUPLICATE, event.channel(), name(event) + " is at " + other + " too");
                }
            }
        }
    }

    private static boolean sameMessage(Event one, Event other) {
        return one.kind().equals(other.kind()) && String.valueOf(one.id()).equals(String.valueOf(other.id()));
    }

    private static String name(Event event) {
        return event.seq() + " (" + event.kind() + " " + event.id() + " from " + event.from() + ")";
    }
}
