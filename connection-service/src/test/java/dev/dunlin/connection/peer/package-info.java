/** The part of the other services, played small, and a plain WebSocket client. */
@NullMarked
package dev.dunlin.connection.peer;

import org.jspecify.annotations.NullMarked;
