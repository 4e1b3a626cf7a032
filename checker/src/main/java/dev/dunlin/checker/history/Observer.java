package dev.dunlin.checker.history;

/** Who saw. */
public record Observer(String name, View view) {
    /** What an observer can see. */
    public enum View {
        /** Every event, as it comes. */
        LIVE,
        /** Every event, by pages of the log. */
        EVENTS,
        /** Messages only, by pages of history. */
        MESSAGES
    }
}
