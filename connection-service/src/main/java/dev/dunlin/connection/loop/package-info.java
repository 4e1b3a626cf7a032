/** The thread that owns the shared state of a node. */
@NullMarked
package dev.dunlin.connection.loop;

import org.jspecify.annotations.NullMarked;
