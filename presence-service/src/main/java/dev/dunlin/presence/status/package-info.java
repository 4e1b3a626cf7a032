/** The port that reads statuses. */
@NullMarked
package dev.dunlin.presence.status;

import org.jspecify.annotations.NullMarked;
