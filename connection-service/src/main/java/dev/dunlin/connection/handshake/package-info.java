/** Admits clients, on every transport. */
@NullMarked
package dev.dunlin.connection.handshake;

import org.jspecify.annotations.NullMarked;
