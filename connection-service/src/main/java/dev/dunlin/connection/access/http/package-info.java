/** Access and the log, read from message-service over HTTP. */
@NullMarked
package dev.dunlin.connection.access.http;

import org.jspecify.annotations.NullMarked;
