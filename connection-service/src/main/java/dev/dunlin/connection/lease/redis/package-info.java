/** The lease as a Redis key that expires. */
@NullMarked
package dev.dunlin.connection.lease.redis;

import org.jspecify.annotations.NullMarked;
