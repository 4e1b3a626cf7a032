package dev.dunlin.protocol.frame;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who sees the presence of a user. The user and back ends always do. */
public enum VisibleTo {
    /** Who shares a direct channel with the user. */
    @JsonProperty("contacts")
    CONTACTS,
    /** Who is a member of a channel of which the user is a member. */
    @JsonProperty("members")
    MEMBERS,
    @JsonProperty("everyone")
    EVERYONE,
    @JsonProperty("nobody")
    NOBODY
}
