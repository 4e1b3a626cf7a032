package dev.dunlin.checker.workload;

/**
 * The transport of a client of the workload. A new transport gets a constant here and an adapter in
 * {@link Clients}.
 */
public enum Medium {
    /** The SDK on the transport that it selects: WebSockets, as long as they connect. */
    SDK,
    /** The SDK on server-sent events and REST. */
    SDK_STREAM,
    /** The SDK on long polls and REST. */
    SDK_POLL,
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
            case SDK_STREAM -> "sdk-sse";
            case SDK_POLL -> "sdk-poll";
            case SOCKET -> "ws";
            case REST -> "rest";
            case STREAM -> "sse";
            case POLL -> "poll";
            case EVENTS -> "events";
            case MESSAGES -> "messages";
        };
    }
}
