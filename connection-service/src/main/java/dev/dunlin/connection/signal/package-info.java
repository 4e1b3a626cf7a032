/** Ephemeral frames: signals and typing. */
@NullMarked
package dev.dunlin.connection.signal;

import org.jspecify.annotations.NullMarked;
