/** Finds links that are gone and tokens that ran out. */
@NullMarked
package dev.dunlin.connection.heartbeat;

import org.jspecify.annotations.NullMarked;
