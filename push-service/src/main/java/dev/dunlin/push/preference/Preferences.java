package dev.dunlin.push.preference;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.dunlin.protocol.ChannelName;
import dev.dunlin.push.delivery.Push.Preview;
import dev.dunlin.push.device.MutedUntil;
import dev.dunlin.push.device.QuietHours;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants to be notified of. A field that is absent is as the namespace of a channel
 * says, or else: everything notifies, nothing is muted, no quiet hours, a full preview, the default
 * sound, and a badge on phones.
 *
 * @param push which messages notify
 * @param muted until when nothing notifies
 * @param quietHours hours of each day without notifications
 * @param badge whether the app's icon shows the number of unread events
 * @param channels what differs in single channels, at most {@value #MOST_CHANNELS}
 */
@Schema(name = "PushPreferences")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Preferences(
        @Nullable Notify push,
        @Nullable MutedUntil muted,
        @Nullable QuietHours quietHours,
        @Nullable Preview preview,
        @Nullable Sound sound,
        @Nullable Boolean badge,
        @Nullable Map<ChannelName, OfChannel> channels) {
    /** The preferences of a user who set none. */
    public static final Preferences NONE = new Preferences(null, null, null, null, null, null, null);

    static final int MOST_CHANNELS = 1000;

    public Preferences {
        if (channels != null) {
            if (channels.size() > MOST_CHANNELS) {
                throw new IllegalArgumentException("channels: must be at most " + MOST_CHANNELS);
            }
            channels = Map.copyOf(channels);
        }
        if (quietHours != null && quietHours.always() && quietHours.digests()) {
            throw new IllegalArgumentException("quietHours: from and to must differ, or then must be drop");
        }
    }

    /** What differs in one channel; a field that is absent is as everywhere else. */
    @Schema(name = "ChannelPushPreferences")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OfChannel(
            @Nullable Notify push,
            @Nullable MutedUntil muted,
            @Nullable Preview preview,
            @Nullable Sound sound) {
        private static final OfChannel NONE = new OfChannel(null, null, null, null);
    }

    /** What differs in the channel. */
    public OfChannel in(ChannelName channel) {
        OfChannel found = channels == null ? null : channels.get(channel);
        return found == null ? OfChannel.NONE : found;
    }

    /** The same with other wishes for one channel; null: none. */
    Preferences with(ChannelName channel, @Nullable OfChannel here) {
        Map<ChannelName, OfChannel> all = new HashMap<>(channels == null ? Map.of() : channels);
        if (here == null) {
            all.remove(channel);
        } else {
            all.put(channel, here);
        }
        return new Preferences(push, muted, quietHours, preview, sound, badge, all.isEmpty() ? null : all);
    }

    /** How much of a message in the channel is shown. */
    public Preview previewIn(ChannelName channel) {
        Preview here = in(channel).preview();
        return here != null ? here : preview != null ? preview : Preview.FULL;
    }

    /** The sound of a notification of the channel. */
    public Sound soundIn(ChannelName channel) {
        Sound here = in(channel).sound();
        return here != null ? here : sound != null ? sound : Sound.DEFAULT;
    }
}
