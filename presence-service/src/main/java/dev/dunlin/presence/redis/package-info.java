/** Presence in Redis; {@link dev.dunlin.presence.redis.Keys} maps the keys. */
@NullMarked
package dev.dunlin.presence.redis;

import org.jspecify.annotations.NullMarked;
