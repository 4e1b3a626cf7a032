package dev.dunlin.push.device;

import dev.dunlin.protocol.UserId;
import java.util.Optional;

/**
 * A device to be registered.
 *
 * @param id of the device, unless the user has one with this target
 * @param prefs empty: those it has, or none
 * @param about fields that are absent stay as they are
 * @param verified whether its owner repeated a challenge
 */
public record NewDevice(
        DeviceId id, UserId user, Target.Reachable target, About about, Optional<Prefs> prefs, boolean verified) {}
