/** Hand-driven stand-ins that keep the contracts of the ports. */
@NullMarked
package dev.dunlin.connection.fake;

import org.jspecify.annotations.NullMarked;
