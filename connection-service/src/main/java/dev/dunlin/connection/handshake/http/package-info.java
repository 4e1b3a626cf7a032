/** The credentials of an HTTP request, and the answer when it is refused. */
@NullMarked
package dev.dunlin.connection.handshake.http;

import org.jspecify.annotations.NullMarked;
