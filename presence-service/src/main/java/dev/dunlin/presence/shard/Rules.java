package dev.dunlin.presence.shard;

import java.time.Duration;

/**
 * The times by which a shard changes.
 *
 * @param grace from the end of a user's last session to offline
 * @param tombstone how long an erasure is remembered after the user's last session
 */
public record Rules(Duration grace, Duration tombstone) {}
