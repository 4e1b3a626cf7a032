package dev.dunlin.push.device;

import dev.dunlin.protocol.UserId;
import java.time.Instant;

/** Something that a user is notified on. */
public record Device(DeviceId id, UserId user, Target target, Prefs prefs, Instant createdAt) {}
