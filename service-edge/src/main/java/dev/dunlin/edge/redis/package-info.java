/** The one connection to Redis that a service keeps out of the client's pool. */
@NullMarked
package dev.dunlin.edge.redis;

import org.jspecify.annotations.NullMarked;
