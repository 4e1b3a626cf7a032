/** Tickets in Redis, so that any node takes them. */
@NullMarked
package dev.dunlin.connection.ticket.redis;

import org.jspecify.annotations.NullMarked;
