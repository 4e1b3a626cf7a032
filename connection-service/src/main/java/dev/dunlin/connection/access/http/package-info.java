/** Access and the log by message-service's HTTP. */
@NullMarked
package dev.dunlin.connection.access.http;

import org.jspecify.annotations.NullMarked;
