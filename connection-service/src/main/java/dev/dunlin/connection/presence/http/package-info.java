/** Presence by presence-service's HTTP. */
@NullMarked
package dev.dunlin.connection.presence.http;

import org.jspecify.annotations.NullMarked;
