package dev.dunlin.presence.shard;

import dev.dunlin.protocol.frame.StatusChoice;
import dev.dunlin.protocol.frame.VisibleTo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a user chose for its presence.
 *
 * @param visibleTo who sees it; absent: as the operator configured
 */
public record Chosen(StatusChoice choice, @Nullable VisibleTo visibleTo) {
    /** Nothing. */
    public static final Chosen NOTHING = new Chosen(StatusChoice.NONE, null);

    Chosen with(StatusChoice other) {
        return new Chosen(other, visibleTo);
    }

    Chosen with(@Nullable VisibleTo other) {
        return new Chosen(choice, other);
    }

    boolean over(Instant now) {
        Long until = choice.until();
        return until != null && until <= now.toEpochMilli();
    }
}
