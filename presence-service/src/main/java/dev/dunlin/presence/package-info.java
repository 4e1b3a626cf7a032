/** Who is online, since when, on which sessions; last seen. */
@NullMarked
package dev.dunlin.presence;

import org.jspecify.annotations.NullMarked;
