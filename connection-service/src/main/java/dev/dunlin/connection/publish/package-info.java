/** Turns frames into commands for a channel's log. */
@NullMarked
package dev.dunlin.connection.publish;

import org.jspecify.annotations.NullMarked;
