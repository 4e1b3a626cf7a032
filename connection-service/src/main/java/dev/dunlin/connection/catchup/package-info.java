/** Reads missed events from the log. */
@NullMarked
package dev.dunlin.connection.catchup;

import org.jspecify.annotations.NullMarked;
