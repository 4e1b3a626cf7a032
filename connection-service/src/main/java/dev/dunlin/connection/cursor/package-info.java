/**
 * The position of a stream without a session of its own: the client sends it back, so any node can
 * continue.
 */
@NullMarked
package dev.dunlin.connection.cursor;

import org.jspecify.annotations.NullMarked;
