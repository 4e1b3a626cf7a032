package dev.dunlin.protocol.frame;

import dev.dunlin.protocol.UserId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The presence of one user.
 *
 * @param status of all devices together
 * @param lastSeen in milliseconds since 1970; absent while the user is online, and for a user never
 *     seen
 * @param devices {@code ONLINE} or {@code AWAY} for each kind of device with a session; absent if
 *     there is none
 * @param dnd true if the user does not want to be disturbed, or else absent
 * @param text what the user says of itself
 * @param emoji shown with the text
 * @param until when, in milliseconds since 1970, dnd, text and emoji end
 */
public record UserPresence(
        UserId user,
        Status status,
        @Nullable Long lastSeen,
        @Nullable Map<Device, Status> devices,
        @Nullable Boolean dnd,
        @Nullable String text,
        @Nullable Emoji emoji,
        @Nullable Long until) {
    public UserPresence(UserId user, Status status, @Nullable Long lastSeen) {
        this(user, status, lastSeen, null, null, null, null, null);
    }
}
