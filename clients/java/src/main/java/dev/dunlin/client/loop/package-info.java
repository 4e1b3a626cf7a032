/** The one thread on which a client does everything but wait. */
@NullMarked
package dev.dunlin.client.loop;

import org.jspecify.annotations.NullMarked;
