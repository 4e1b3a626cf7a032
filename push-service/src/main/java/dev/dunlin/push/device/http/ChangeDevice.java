package dev.dunlin.push.device.http;

import dev.dunlin.push.device.Prefs;
import org.jspecify.annotations.Nullable;

/** The body of {@code PATCH /v1/devices/{id}}: new preferences, whole. */
public record ChangeDevice(@Nullable Prefs prefs) {}
