package dev.dunlin.message.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * The background's work: rows of deleted channels, erasures of users, retention. Every process
 * looks for it, one at a time does it.
 */
@ConfigMapping(prefix = "dunlin.upkeep")
public interface UpkeepSettings {
    /** How often to look for deleted channels and erasures; at most an hour. */
    @WithDefault("5s")
    Duration poll();

    /**
     * How often to remove what is not retained any more, and how long after the start for the first
     * time; at most a day.
     */
    @WithDefault("10m")
    Duration retentionInterval();

    /**
     * How long rows stay after their retention, unseen. Longer than the writer may lag behind
     * Kafka, so that it decides the same when it sees a record again; at most 30 days.
     */
    @WithDefault("1h")
    Duration retentionMargin();

    /**
     * How long an open or direct channel that nobody has written to stays, with PostgreSQL; at most
     * ten years. Then it is removed, and the next write creates it again.
     */
    @WithDefault("7d")
    Duration unwrittenAfter();
}
