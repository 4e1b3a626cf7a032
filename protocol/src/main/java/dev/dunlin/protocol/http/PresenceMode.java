package dev.dunlin.protocol.http;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Who is shown to be in the channels of a namespace, {@code docs/protocol.md} section 4. */
public enum PresenceMode {
    /** The members who are online, and the sessions that entered. */
    @JsonProperty("members")
    MEMBERS,
    /** Every session that is subscribed. */
    @JsonProperty("subscribers")
    SUBSCRIBERS,
    /** Only how many users and links are subscribed. */
    @JsonProperty("count")
    COUNT,
    @JsonEnumDefaultValue
    @JsonProperty("none")
    NONE;

    /** Whether it is known who is there, and not only how many. */
    public boolean names() {
        return this == MEMBERS || this == SUBSCRIBERS;
    }
}
