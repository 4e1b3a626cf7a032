package dev.dunlin.checker.history;

import java.util.List;

/** Everything that the judgement is about. */
public record History(List<Publish> publishes, List<Watch> watches, List<FinalLog> logs) {
    public History {
        publishes = List.copyOf(publishes);
        watches = List.copyOf(watches);
        logs = List.copyOf(logs);
    }
}
