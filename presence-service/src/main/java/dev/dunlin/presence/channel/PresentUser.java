package dev.dunlin.presence.channel;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.bus.PartUser;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.UserPresence;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user who is in a channel: a member with the fields of {@link UserPresence}, or a subscriber
 * with {@code since} and {@code data}.
 *
 * @param since when the subscriber came, in milliseconds since 1970
 * @param data what the subscriber said last with {@code enter} or {@code update}
 */
public record PresentUser(
        UserId user,
        @Nullable Status status,
        @Nullable Long lastSeen,
        @Nullable Map<Device, Status> devices,
        @Nullable Boolean dnd,
        @Nullable String text,
        @Nullable Emoji emoji,
        @Nullable Long until,
        @Nullable Long since,
        @Nullable JsonNode data) {
    /** A member who is online. */
    static PresentUser online(UserPresence member) {
        return new PresentUser(
                member.user(),
                member.status(),
                member.lastSeen(),
                member.devices(),
                member.dnd(),
                member.text(),
                member.emoji(),
                member.until(),
                null,
                null);
    }

    /** A subscriber. */
    static PresentUser subscribed(PartUser user) {
        return new PresentUser(user.user(), null, null, null, null, null, null, null, user.since(), user.data());
    }
}
