package dev.dunlin.push.decision;

import dev.dunlin.protocol.ChannelName;
import dev.dunlin.protocol.UserId;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.preference.Notify;
import dev.dunlin.push.preference.Preferences;
import dev.dunlin.push.presence.Standing;
import org.jspecify.annotations.Nullable;

/**
 * All that a decision depends on.
 *
 * @param sender who sent the message; null: somebody else
 * @param mentioned whether it mentions the user
 * @param namespace what the namespace says, for users who say nothing
 * @param device the preferences of the device
 * @param standing whether the user is there; null: nobody asked yet, which is decided as if it is
 *     not
 * @param content whether the user may read it; null: nobody asked yet, which is decided as if it
 *     may
 */
public record Facts(
        UserId user,
        @Nullable UserId sender,
        ChannelName channel,
        boolean mentioned,
        Notify namespace,
        Preferences preferences,
        Prefs device,
        @Nullable Standing standing,
        @Nullable Content content) {}
