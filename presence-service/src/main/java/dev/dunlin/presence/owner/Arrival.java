package dev.dunlin.presence.owner;

import dev.dunlin.protocol.kafka.SessionRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of a shard as it was polled.
 *
 * @param record absent if it could not be read
 */
public record Arrival(long offset, @Nullable SessionRecord record) {}
