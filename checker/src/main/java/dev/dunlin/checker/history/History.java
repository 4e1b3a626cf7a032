package dev.dunlin.checker.history;

import java.util.List;

/** Everything that the verdict is based on. */
public record History(
        List<Publish> publishes,
        List<Watch> watches,
        List<FinalLog> logs,
        List<Removal> removals,
        List<Overheard> overheard,
        PresenceHistory presence) {
    public History {
        publishes = List.copyOf(publishes);
        watches = List.copyOf(watches);
        logs = List.copyOf(logs);
        removals = List.copyOf(removals);
        overheard = List.copyOf(overheard);
    }

    /** The same with what happened to presence. */
    public History with(PresenceHistory other) {
        return new History(publishes, watches, logs, removals, overheard, other);
    }
}
