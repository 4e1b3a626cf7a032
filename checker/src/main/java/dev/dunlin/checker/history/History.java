package dev.dunlin.checker.history;

import java.util.List;

/** Everything that the verdict is based on. */
public record History(
        List<Publish> publishes,
        List<Watch> watches,
        List<FinalLog> logs,
        List<Removal> removals,
        List<Overheard> overheard,
        PresenceHistory presence,
        PushHistory push) {
    public History {
        publishes = List.copyOf(publishes);
        watches = List.copyOf(watches);
        logs = List.copyOf(logs);
        removals = List.copyOf(removals);
        overheard = List.copyOf(overheard);
    }

    /** The same with what happened to presence and to notifications. */
    public History with(PresenceHistory otherPresence, PushHistory otherPush) {
        return new History(publishes, watches, logs, removals, overheard, otherPresence, otherPush);
    }
}
