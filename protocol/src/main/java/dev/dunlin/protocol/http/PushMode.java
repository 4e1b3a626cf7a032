package dev.dunlin.protocol.http;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Of which messages offline members are notified, unless they choose otherwise:
 * {@code docs/configuration.md}.
 */
public enum PushMode {
    /** Of every message. */
    @JsonProperty("all")
    ALL,
    /** Of messages that mention them. */
    @JsonProperty("mentions")
    MENTIONS,
    /** Of none: the events of the namespace do not concern push-service. */
    @JsonProperty("none")
    NONE
}
