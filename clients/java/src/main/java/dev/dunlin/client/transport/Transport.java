package dev.dunlin.client.transport;

import java.util.Locale;

/** The ways to hear the suite, the best first. The last two send by REST. */
public enum Transport {
    WEBSOCKET,
    /** Server-sent events. */
    SSE,
    /** Long polling. */
    POLL;

    /** As people read it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
