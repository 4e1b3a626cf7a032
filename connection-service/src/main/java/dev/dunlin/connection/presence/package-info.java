/** Who is online, for those who ask and watch. */
@NullMarked
package dev.dunlin.connection.presence;

import org.jspecify.annotations.NullMarked;
