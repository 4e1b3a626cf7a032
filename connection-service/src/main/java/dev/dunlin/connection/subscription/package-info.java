/** The subscriptions of sessions: fan-out of channels on this node, in order, with repair. */
@NullMarked
package dev.dunlin.connection.subscription;

import org.jspecify.annotations.NullMarked;
