/** Presence in Redis; {@link dev.dunlin.presence.redis.Keys} documents the keys. */
@NullMarked
package dev.dunlin.presence.redis;

import org.jspecify.annotations.NullMarked;
