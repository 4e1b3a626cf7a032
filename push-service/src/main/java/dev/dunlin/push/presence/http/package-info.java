/** Presence, asked of presence-service. */
@NullMarked
package dev.dunlin.push.presence.http;

import org.jspecify.annotations.NullMarked;
