/** What an HTTP request shows of who asks, and how it is refused. */
@NullMarked
package dev.dunlin.connection.handshake.http;

import org.jspecify.annotations.NullMarked;
