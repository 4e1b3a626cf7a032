package dev.dunlin.push.preference;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which messages of a channel notify. */
public enum Notify {
    @JsonProperty("all")
    ALL,
    /** Those that mention the user, and those of direct channels. */
    @JsonProperty("mentions")
    MENTIONS,
    @JsonProperty("none")
    NONE
}
