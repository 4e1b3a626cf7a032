package dev.dunlin.push.device;

import dev.dunlin.protocol.ChannelName;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants of one device. Absent fields mean: nothing is muted, no quiet hours, no badge.
 *
 * @param muted channels that do not notify, at most {@value #MAX_MUTED}
 * @param badge whether notifications carry the number of unread events
 */
public record Prefs(
        @Nullable Map<ChannelName, MutedUntil> muted,
        @Nullable QuietHours quietHours,
        @Nullable Boolean badge) {
    /** The preferences of a user who set none. */
    public static final Prefs NONE = new Prefs(null, null, null);

    private static final int MAX_MUTED = 1000;

    public Prefs {
        if (muted != null) {
            if (muted.size() > MAX_MUTED) {
                throw new IllegalArgumentException("muted: must be at most " + MAX_MUTED + " channels");
            }
            muted = Map.copyOf(muted);
        }
    }

    /** Whether the channel is muted on this device. */
    public boolean mutes(ChannelName channel, Instant now) {
        MutedUntil until = muted == null ? null : muted.get(channel);
        return until != null && until.covers(now);
    }
}
