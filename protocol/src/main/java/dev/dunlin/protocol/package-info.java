/** Ids, positions and codes that all parts of the suite share. */
@NullMarked
package dev.dunlin.protocol;

import org.jspecify.annotations.NullMarked;
