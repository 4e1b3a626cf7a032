/** One-use tickets for clients that can send no header. */
@NullMarked
package dev.dunlin.connection.ticket;

import org.jspecify.annotations.NullMarked;
