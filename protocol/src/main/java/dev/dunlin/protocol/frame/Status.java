package dev.dunlin.protocol.frame;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The status of a user. A user is away when all of its sessions are. */
public enum Status {
    @JsonProperty("online")
    ONLINE,
    @JsonProperty("away")
    AWAY,
    @JsonProperty("offline")
    OFFLINE,
    /** Not known for now: presence-service collects what it lost. Never sent as a change. */
    @JsonProperty("unknown")
    UNKNOWN
}
