package dev.dunlin.presence.owner;

import dev.dunlin.presence.shard.Rules;
import java.time.Duration;

/**
 * How the owner works.
 *
 * @param leaseMargin how long a node's lease must be missing before its sessions end; also how long
 *     a rebuild waits for nodes to show themselves
 * @param seenFor how long it is remembered when a user was last seen
 * @param seenUsers of how many users of a shard
 */
public record OwnerSettings(Rules rules, Duration leaseMargin, Duration seenFor, int seenUsers) {}
