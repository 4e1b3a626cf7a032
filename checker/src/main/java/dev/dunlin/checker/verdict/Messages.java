package dev.dunlin.checker.verdict;

import dev.dunlin.checker.history.Answer;
import dev.dunlin.checker.history.Event;
import dev.dunlin.checker.history.History;
import dev.dunlin.checker.history.Publish;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.ClientMessageId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The published messages, indexed for the rules. Immutable once made. */
final class Messages {
    private final Map<Publish.Key, List<Publish>> byKey;
    private final Map<NamedIn, List<Publish>> byId;
    private final Map<String, Publish> byContent;

    private record NamedIn(ChannelName channel, ClientMessageId id) {}

    private Messages(
            Map<Publish.Key, List<Publish>> byKey, Map<NamedIn, List<Publish>> byId, Map<String, Publish> byContent) {
        this.byKey = byKey;
        this.byId = byId;
        this.byContent = byContent;
    }

    static Messages of(History history) {
        Map<String, Publish> byContent = new HashMap<>();
        history.publishes().forEach(publish -> byContent.putIfAbsent(publish.content(), publish));
        return new Messages(
                history.publishes().stream()
                        .collect(Collectors.groupingBy(Publish::key, LinkedHashMap::new, Collectors.toList())),
                history.publishes().stream()
                        .collect(Collectors.groupingBy(publish -> new NamedIn(publish.channel(), publish.id()))),
                byContent);
    }

    /** All publishes, grouped by message. */
    Collection<List<Publish>> all() {
        return byKey.values();
    }

    /** The publishes with an event's id in its channel, by any user. */
    List<Publish> withIdOf(Event event) {
        return byId.getOrDefault(new NamedIn(event.channel(), Objects.requireNonNull(event.id())), List.of());
    }

    /** The publish with this content, if it is of another message than the event. */
    Optional<Publish> otherWithContentOf(Event event) {
        return Optional.ofNullable(byContent.get(event.content()))
                .filter(publish -> !publish.id().equals(event.id()));
    }

    /** Whether an event's message was acknowledged to its sender. */
    boolean isAcked(Event event) {
        return event.isMessage()
                && withIdOf(event).stream().anyMatch(publish -> publish.answer() instanceof Answer.Acked);
    }
}
