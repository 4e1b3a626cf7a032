/** Redis: the bus. */
@NullMarked
package dev.dunlin.message.redis;

import org.jspecify.annotations.NullMarked;
