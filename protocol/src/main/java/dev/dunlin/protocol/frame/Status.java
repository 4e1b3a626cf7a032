package dev.dunlin.protocol.frame;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a user is there. Away means every session said so. */
public enum Status {
    @JsonProperty("online")
    ONLINE,
    @JsonProperty("away")
    AWAY,
    @JsonProperty("offline")
    OFFLINE
}
