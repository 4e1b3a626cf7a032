/** The trace id that follows one message through all services. */
@NullMarked
package dev.dunlin.connection.trace;

import org.jspecify.annotations.NullMarked;
