/** Ids, positions and codes that every part of the suite names alike. */
@NullMarked
package dev.dunlin.protocol;

import org.jspecify.annotations.NullMarked;
