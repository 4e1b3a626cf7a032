package dev.dunlin.push.device;

import dev.dunlin.protocol.UserId;
import java.time.Instant;

/** A webhook or a browser on which a user is notified. */
public record Device(DeviceId id, UserId user, Target target, Prefs prefs, Instant createdAt) {}
