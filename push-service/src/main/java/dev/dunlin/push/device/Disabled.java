package dev.dunlin.push.device;

import java.time.Instant;

/**
 * Why and when a device was disabled. Nothing is sent to it until its user registers it again.
 *
 * @param reason for its user; it contains no secret
 */
public record Disabled(String reason, Instant at) {}
