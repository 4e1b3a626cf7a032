package dev.dunlin.protocol.kafka;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * A record of {@link Topics#SESSION_EVENTS}. Its partition is the {@link PresenceShard} of the
 * users. A node writes the records of a shard in order, with an {@code at} that grows.
 * Presence-service writes what users say of themselves.
 */
@JsonTypeInfo(
        use = JsonTypeInfo.Id.NAME,
        property = "type",
        include = JsonTypeInfo.As.EXISTING_PROPERTY,
        visible = true)
@JsonSubTypes({
    @JsonSubTypes.Type(
            value = SessionEvent.class,
            names = {"session_started", "session_ended", "session_away", "session_active"}),
    @JsonSubTypes.Type(value = SessionDigest.class, name = SessionDigest.TYPE),
    @JsonSubTypes.Type(value = SessionList.class, name = SessionList.TYPE),
    @JsonSubTypes.Type(value = StatusChosen.class, name = StatusChosen.TYPE),
    @JsonSubTypes.Type(value = VisibilityChosen.class, name = VisibilityChosen.TYPE)
})
public sealed interface SessionRecord permits SessionEvent, SessionDigest, SessionList, StatusChosen, VisibilityChosen {
    /**
     * When, in milliseconds since 1970 by the clock of its producer. Two records of a run of a node
     * never have the same, except the parts of a {@link SessionList}.
     */
    long at();

    /** The record's key. */
    String key();
}
