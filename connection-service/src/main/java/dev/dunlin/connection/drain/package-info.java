/** Stops a node without a storm of reconnects. */
@NullMarked
package dev.dunlin.connection.drain;

import org.jspecify.annotations.NullMarked;
