package dev.dunlin.push.member;

import dev.dunlin.protocol.UserId;
import dev.dunlin.push.device.DeviceId;
import dev.dunlin.push.device.Prefs;
import dev.dunlin.push.preference.Preferences;
import java.util.List;

/** A member of a channel who has devices. */
public record Recipient(UserId user, Preferences preferences, List<Reached> devices) {
    /**
     * A device that is not disabled.
     *
     * @param origin whom its deliveries go to: see {@link dev.dunlin.push.provider.Providers}
     */
    public record Reached(DeviceId id, Prefs prefs, String origin) {}
}
