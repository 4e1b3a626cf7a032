/** Event streams and long polls: links over plain HTTP. */
@NullMarked
package dev.dunlin.connection.transport.http;

import org.jspecify.annotations.NullMarked;
