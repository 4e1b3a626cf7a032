/** Where a stream without a session of its own stands: what a client brings along, so that any node can go on. */
@NullMarked
package dev.dunlin.connection.cursor;

import org.jspecify.annotations.NullMarked;
