/** Presence, read from presence-service over HTTP. */
@NullMarked
package dev.dunlin.push.presence.http;

import org.jspecify.annotations.NullMarked;
