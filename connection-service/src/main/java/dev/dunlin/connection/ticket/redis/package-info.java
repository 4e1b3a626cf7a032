/** Tickets in Redis, so that any node can redeem them. */
@NullMarked
package dev.dunlin.connection.ticket.redis;

import org.jspecify.annotations.NullMarked;
