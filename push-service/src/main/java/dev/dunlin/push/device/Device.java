package dev.dunlin.push.device;

import dev.dunlin.protocol.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * A phone, a browser or a webhook on which a user is notified.
 *
 * @param createdAt when it was registered first
 * @param seenAt when it was registered last
 * @param verified whether its owner repeated a challenge; only webhooks are asked to
 * @param disabled empty if it is notified
 */
public record Device(
        DeviceId id,
        UserId user,
        Target target,
        Prefs prefs,
        About about,
        Instant createdAt,
        Instant seenAt,
        boolean verified,
        Optional<Disabled> disabled) {
    /** A device that was just registered by an app that reports nothing of itself. */
    public Device(DeviceId id, UserId user, Target target, Prefs prefs, Instant createdAt) {
        this(id, user, target, prefs, About.NOTHING, createdAt, createdAt, false, Optional.empty());
    }
}
