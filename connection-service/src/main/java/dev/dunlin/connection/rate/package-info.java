/** How much a session and a user may send. */
@NullMarked
package dev.dunlin.connection.rate;

import org.jspecify.annotations.NullMarked;
