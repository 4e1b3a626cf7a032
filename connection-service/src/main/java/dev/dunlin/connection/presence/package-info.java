/** Presence for sessions that query and watch it. */
@NullMarked
package dev.dunlin.connection.presence;

import org.jspecify.annotations.NullMarked;
