package dev.dunlin.presence.status;

import dev.dunlin.presence.shard.Chosen;
import dev.dunlin.presence.shard.Shown;
import dev.dunlin.presence.shard.UserEntry;
import dev.dunlin.protocol.UserId;
import dev.dunlin.protocol.frame.Status;
import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.UserPresence;
import dev.dunlin.protocol.frame.VisibleTo;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a user.
 *
 * @param known whether all users of its shard are known; if not, nothing else counts
 * @param entry absent if the user is offline
 * @param lastSeen in milliseconds since 1970
 */
public record Standing(
        UserId user,
        boolean known,
        @Nullable UserEntry entry,
        Chosen chosen,
        @Nullable Long lastSeen) {
    /** How the user looks to others. */
    public UserPresence toOthers(Instant now) {
        return known ? Shown.toOthers(user, entry, chosen, lastSeen, now) : unknown();
    }

    /** How the user looks to itself, to back ends and to push. */
    public UserPresence real(Instant now) {
        return known ? Shown.real(user, entry, chosen, lastSeen, now) : unknown();
    }

    /**
     * When the user became away, in milliseconds since 1970; 0 if it chose to be. Empty if it is
     * not away, or if that is not known.
     */
    public Optional<Long> awaySince(Instant now) {
        return known ? Shown.awaySince(entry, chosen, now) : Optional.empty();
    }

    /** The same user after it chose this. */
    public Standing with(StatusChoice choice) {
        return new Standing(user, known, entry, new Chosen(choice, chosen.visibleTo()), lastSeen);
    }

    /** The same user after it chose this. */
    public Standing with(@Nullable VisibleTo visibleTo) {
        return new Standing(user, known, entry, new Chosen(chosen.choice(), visibleTo), lastSeen);
    }

    private UserPresence unknown() {
        return new UserPresence(user, Status.UNKNOWN, null);
    }
}
