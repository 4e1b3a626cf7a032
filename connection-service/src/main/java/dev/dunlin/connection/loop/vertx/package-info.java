/** The hub loop as a Vert.x event loop. */
@NullMarked
package dev.dunlin.connection.loop.vertx;

import org.jspecify.annotations.NullMarked;
