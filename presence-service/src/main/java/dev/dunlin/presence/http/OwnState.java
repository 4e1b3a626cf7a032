package dev.dunlin.presence.http;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.Emoji;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.frame.VisibleTo;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user's own presence: the fields of {@link UserPresence} as they are, also of an invisible user,
 * and what the user chose.
 */
@RegisterForReflection
public record OwnState(
        UserId user,
        Status status,
        @Nullable Long lastSeen,
        @Nullable Map<Device, Status> devices,
        @Nullable Boolean dnd,
        @Nullable String text,
        @Nullable Emoji emoji,
        @Nullable Long until,
        StatusChoice choice,
        VisibleTo visibleTo) {
    static OwnState of(UserPresence real, StatusChoice choice, VisibleTo visibleTo) {
        return new OwnState(
                real.user(),
                real.status(),
                real.lastSeen(),
                real.devices(),
                real.dnd(),
                real.text(),
                real.emoji(),
                real.until(),
                choice,
                visibleTo);
    }
}
