package dev.dunlin.presence.shard;

import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Device;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.StatusChoice.Mode;
import dev.dunlin.protocol.frame.UserPresence;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a user looks, by its sessions and by what it chose. */
public final class Shown {
    private Shown() {}

    /** To others: a user who is invisible is offline. */
    public static UserPresence toOthers(
            UserId user, @Nullable UserEntry entry, Chosen chosen, @Nullable Long lastSeen, Instant now) {
        boolean invisible = chosen.choice().at(now.toEpochMilli()).status() == Mode.INVISIBLE;
        return real(user, invisible ? null : entry, chosen, lastSeen, now);
    }

    /** To the user itself and to back ends. */
    public static UserPresence real(
            UserId user, @Nullable UserEntry entry, Chosen chosen, @Nullable Long lastSeen, Instant now) {
        StatusChoice choice = chosen.choice().at(now.toEpochMilli());
        boolean away = choice.status() == Mode.AWAY;
        Map<Device, Status> devices = new EnumMap<>(Device.class);
        if (entry != null) {
            entry.devices().forEach((device, status) -> devices.put(device, away ? Status.AWAY : status));
        }
        return new UserPresence(
                user,
                status(entry, away),
                entry == null ? lastSeen : null,
                devices.isEmpty() ? null : devices,
                choice.status() == Mode.DND ? true : null,
                choice.text(),
                choice.emoji(),
                choice.until());
    }

    /**
     * When a user became away, in milliseconds since 1970: see
     * {@link dev.dunlin.protocol.http.PresenceList#awaySince}. Empty if it is not away.
     */
    public static Optional<Long> awaySince(@Nullable UserEntry entry, Chosen chosen, Instant now) {
        if (entry == null) {
            return Optional.empty();
        }
        boolean away = chosen.choice().at(now.toEpochMilli()).status() == Mode.AWAY;
        return away ? Optional.of(0L) : entry.awaySince();
    }

    private static Status status(@Nullable UserEntry entry, boolean away) {
        if (entry == null) {
            return Status.OFFLINE;
        }
        return away ? Status.AWAY : entry.shown();
    }
}
