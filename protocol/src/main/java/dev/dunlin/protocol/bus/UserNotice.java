package dev.dunlin.protocol.bus;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.dunlin.protocol.ChannelName;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes with sessions of a user must know about that user. JSON on
 * {@link BusChannel#ofUser}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = UserNotice.Joined.class, name = "joined"),
    @JsonSubTypes.Type(value = UserNotice.Left.class, name = "left"),
    @JsonSubTypes.Type(value = UserNotice.MembershipsChanged.class, name = "memberships_changed"),
    @JsonSubTypes.Type(value = UserNotice.EndSessions.class, name = "end_sessions")
})
public sealed interface UserNotice {
    /** The user became a member: sessions subscribe. */
    record Joined(ChannelName channel) implements UserNotice {}

    /** The user is no member any more: sessions of a members-only channel are unsubscribed. */
    record Left(ChannelName channel) implements UserNotice {}

    /**
     * The user may have lost memberships: sessions check access to each of their channels again.
     */
    record MembershipsChanged() implements UserNotice {}

    /**
     * Closes links of the user with 4401.
     *
     * @param notBefore milliseconds since 1970: closes only links whose token was issued before;
     *     all links if absent
     */
    record EndSessions(@Nullable Long notBefore) implements UserNotice {
        /**
         * Links whose token was issued before the second of {@code at}, in milliseconds since 1970.
         */
        public static EndSessions before(long at) {
            return new EndSessions(Math.floorDiv(at, 1000L) * 1000L);
        }

        /** All links. */
        public static EndSessions all() {
            return new EndSessions(null);
        }

        /**
         * Whether it closes a link whose token was issued at that time, in milliseconds since 1970.
         */
        public boolean covers(long issuedAt) {
            return notBefore == null || issuedAt < notBefore;
        }
    }
}
