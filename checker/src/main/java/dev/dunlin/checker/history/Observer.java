package dev.dunlin.checker.history;

/** A client that receives events, and what it can see. */
public record Observer(String name, View view) {
    /** What an observer can see. */
    public enum View {
        /** Every event, live. */
        LIVE,
        /** Every event, by pages of the log. */
        EVENTS,
        /** Messages only, by pages of history. */
        MESSAGES
    }
}
