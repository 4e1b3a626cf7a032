package dev.dunlin.presence.owner;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.kafka.SessionDigest;
import dev.dunlin.protocol.kafka.SessionEvent;
import dev.dunlin.protocol.kafka.SessionList;
import dev.dunlin.protocol.kafka.SessionRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records of one shard that are applied together: events and digests, or one list of sessions. A
 * list is alone, since what is to be read for it depends on what came before.
 *
 * @param records events and digests, in their order; none with a list
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
            }
        }
        if (segments.isEmpty() ? next > from : next > segments.getLast().next()) {
            segments.add(new Segment(records, null, next));
        }
        return segments;
    }

    /** The users of the events. */
    Set<UserId> users() {
        return events().map(SessionEvent::user).collect(Collectors.toSet());
    }

    /** The users of whom a session ends. */
    Set<UserId> ending() {
        return events().filter(event -> event.type() == SessionEvent.Kind.ENDED)
                .map(SessionEvent::user)
                .collect(Collectors.toSet());
    }

    private Stream<SessionEvent> events() {
        return records.stream().filter(SessionEvent.class::isInstance).map(SessionEvent.class::cast);
    }
}
