/**
 * Clients on transports that pass any proxy: event streams and long polls, resumed by their cursor.
 */
@NullMarked
package dev.dunlin.checker.transport.stream;

import org.jspecify.annotations.NullMarked;
