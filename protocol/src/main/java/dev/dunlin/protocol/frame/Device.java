package dev.dunlin.protocol.frame;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kind of device that a session says it runs on, at its handshake. */
public enum Device {
    @JsonProperty("web")
    WEB,
    @JsonProperty("mobile")
    MOBILE,
    @JsonProperty("desktop")
    DESKTOP
}
