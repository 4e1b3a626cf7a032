package dev.dunlin.checker.workload;

/** What a client of the workload talks over. A new transport gets its line here and its adapter in {@link Clients}. */
public enum Medium {
    SDK,
    SOCKET,
    REST,
    /** Listening only: server-sent events. */
    STREAM,
    /** Listening only: long polls. */
    POLL,
    /** Listening only: pages of {@code /events}. */
    EVENTS,
    /** Listening only: pages of {@code /messages}. */
    MESSAGES;

    String prefix() {
        return switch (this) {
            case SDK -> "sdk";
            case SOCKET -> "ws";
            case REST -> "rest";
            case STREAM -> "sse";
            case POLL -> "poll";
            case EVENTS -> "events";
            case MESSAGES -> "messages";
        };
    }
}
