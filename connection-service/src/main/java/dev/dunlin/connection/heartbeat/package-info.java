/** Finds dead links and expired tokens. */
@NullMarked
package dev.dunlin.connection.heartbeat;

import org.jspecify.annotations.NullMarked;
