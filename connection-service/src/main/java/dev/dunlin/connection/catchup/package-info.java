/** Events that were missed, read from the log. */
@NullMarked
package dev.dunlin.connection.catchup;

import org.jspecify.annotations.NullMarked;
