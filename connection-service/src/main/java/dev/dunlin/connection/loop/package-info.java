/** The one thread on which a node's shared state lives. */
@NullMarked
package dev.dunlin.connection.loop;

import org.jspecify.annotations.NullMarked;
