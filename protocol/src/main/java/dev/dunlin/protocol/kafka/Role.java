package dev.dunlin.protocol.kafka;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a member may do with a channel: an owner may change it and its members. */
public enum Role {
    @JsonProperty("owner")
    OWNER,
    @JsonProperty("member")
    MEMBER
}
