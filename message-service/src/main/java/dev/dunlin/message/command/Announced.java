package dev.dunlin.message.command;

import dev.dunlin.message.sequencer.LogPosition;
import dev.dunlin.message.sequencer.LoggedEvent;
import dev.dunlin.message.sequencer.Outcome;
import dev.dunlin.message.sequencer.Sequenced;
import dev.dunlin.protocol.ChannelName;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was published on the bus of one batch, so that each event is published once, however often
 * the batch is retried. One thread.
 */
final class Announced {
    private final Map<LogPosition, LoggedEvent> events = new HashMap<>();
    private final Set<LogPosition> marks = new HashSet<>();

    /** Whether exactly this was published. */
    boolean holds(Sequenced sequenced) {
        LogPosition position = sequenced.record().position();
        return switch (sequenced.outcome()) {
            case Outcome.Marked ignored -> marks.contains(position);
            case Outcome.Appended appended -> same(events.get(position), appended.logged());
            case Outcome.Burnt burnt -> same(events.get(position), burnt.logged());
            case Outcome.Duplicate ignored -> false;
            case Outcome.Changed ignored -> false;
            case Outcome.Unchanged ignored -> false;
            case Outcome.Refused ignored -> false;
        };
    }

    void add(List<Sequenced> batch) {
        for (Sequenced sequenced : batch) {
            if (sequenced.outcome() instanceof Outcome.Marked) {
                marks.add(sequenced.record().position());
            } else {
                eventOf(sequenced.outcome()).ifPresent(logged -> events.put(logged.position(), logged));
            }
        }
    }

    /** The event that was published for a record. */
    Optional<LoggedEvent> find(LogPosition position) {
        return Optional.ofNullable(events.get(position));
    }

    /** The channel is no longer bound to the seqs that were published for it. */
    void release(ChannelName channel) {
        events.values().removeIf(logged -> logged.event().channel().equals(channel));
    }

    boolean isEmpty() {
        return events.isEmpty();
    }

    static Optional<LoggedEvent> eventOf(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Appended appended -> Optional.of(appended.logged());
            case Outcome.Burnt burnt -> Optional.of(burnt.logged());
            case Outcome.Duplicate ignored -> Optional.empty();
            case Outcome.Changed ignored -> Optional.empty();
            case Outcome.Unchanged ignored -> Optional.empty();
            case Outcome.Marked ignored -> Optional.empty();
            case Outcome.Refused ignored -> Optional.empty();
        };
    }

    private static boolean same(@Nullable LoggedEvent before, LoggedEvent now) {
        return before != null && Arrays.equals(before.frame(), now.frame());
    }
}
