/** Leaving without a storm. */
@NullMarked
package dev.dunlin.connection.drain;

import org.jspecify.annotations.NullMarked;
