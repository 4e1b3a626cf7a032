/** Calls to other services. */
@NullMarked
package dev.dunlin.connection.http;

import org.jspecify.annotations.NullMarked;
