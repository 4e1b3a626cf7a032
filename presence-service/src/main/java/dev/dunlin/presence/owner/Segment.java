package dev.dunlin.presence.owner;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.SessionDigest;
import dev.dunlin.protocol.kafka.SessionEvent;
import dev.dunlin.protocol.kafka.SessionList;
import dev.dunlin.protocol.kafka.SessionRecord;
import dev.dunlin.protocol.kafka.StatusChosen;
import dev.dunlin.protocol.kafka.VisibilityChosen;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records of one shard that are applied together: events, choices and digests, or one list of
 * sessions. A list is alone, since what is to be read for it depends on what came before.
 *
 * @param records events, choices and digests, in their order; none with a list
 * @param next the offset after the segment
 */
record Segment(List<SessionRecord> records, ListParts.@Nullable Whole list, long next) {
    /** Cuts what was polled; what is before {@code from} was applied already. */
    static Deque<Segment> cut(List<Arrival> polled, long from, ListParts lists) {
        Deque<Segment> segments = new ArrayDeque<>();
        List<SessionRecord> records = new ArrayList<>();
        long next = from;
        for (Arrival arrival : polled) {
            if (arrival.offset() < from) {
                continue;
            }
            next = arrival.offset() + 1;
            switch (arrival.record()) {
                case null -> {}
                case SessionList part -> {
                    Optional<ListParts.Whole> whole = lists.take(part);
                    if (whole.isPresent()) {
                        if (!records.isEmpty()) {
                            segments.add(new Segment(records, null, arrival.offset()));
                            records = new ArrayList<>();
                        }
                        segments.add(new Segment(List.of(), whole.get(), next));
                    }
                }
                case SessionEvent event -> records.add(event);
                case SessionDigest digest -> records.add(digest);
                case StatusChosen chosen -> records.add(chosen);
                case VisibilityChosen chosen -> records.add(chosen);
            }
        }
        if (segments.isEmpty() ? next > from : next > segments.getLast().next()) {
            segments.add(new Segment(records, null, next));
        }
        return segments;
    }

    /** The users of the records. */
    Set<UserId> users() {
        return users(any -> true);
    }

    /** The users of whom a session ends, or who chose something. */
    Set<UserId> ending() {
        return users(record -> !(record instanceof SessionEvent event) || event.type() == SessionEvent.Kind.ENDED);
    }

    private Set<UserId> users(Predicate<SessionRecord> which) {
        return records.stream()
                .filter(which)
                .flatMap(record -> user(record).stream())
                .collect(Collectors.toSet());
    }

    private static Optional<UserId> user(SessionRecord record) {
        return switch (record) {
            case SessionEvent event -> Optional.of(event.user());
            case StatusChosen chosen -> Optional.of(chosen.user());
            case VisibilityChosen chosen -> Optional.of(chosen.user());
            case SessionDigest digest -> Optional.empty();
            case SessionList list -> Optional.empty();
        };
    }
}
