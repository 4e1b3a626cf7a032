/** Presence, read from presence-service over HTTP. */
@NullMarked
package dev.dunlin.connection.presence.http;

import org.jspecify.annotations.NullMarked;
