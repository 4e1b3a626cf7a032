package dev.dunlin.push.device.http;

import dev.dunlin.push.device.Prefs;
import org.jspecify.annotations.Nullable;

/** The body of {@code PATCH /v1/devices/{id}}: all preferences, which replace the old ones. */
public record ChangeDevice(@Nullable Prefs prefs) {}
