/** Who is online, since when and on which sessions, and when a user was last seen. */
@NullMarked
package dev.dunlin.presence;

import org.jspecify.annotations.NullMarked;
