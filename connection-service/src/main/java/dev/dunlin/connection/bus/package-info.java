/** Subscriptions of this node on the bus between the services. */
@NullMarked
package dev.dunlin.connection.bus;

import org.jspecify.annotations.NullMarked;
