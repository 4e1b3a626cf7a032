/** One id follows a message through all services. */
@NullMarked
package dev.dunlin.connection.trace;

import org.jspecify.annotations.NullMarked;
