package dev.dunlin.protocol.kafka;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The role of a member. An owner may change the channel and its members. */
public enum Role {
    @JsonProperty("owner")
    OWNER,
    @JsonProperty("member")
    MEMBER
}
